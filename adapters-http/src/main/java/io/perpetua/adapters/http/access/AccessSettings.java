package io.perpetua.adapters.http.access;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.List;

/** The section {@code perpetua.access}, as far as it concerns requests. */
@ConfigurationProperties("perpetua.access")
public interface AccessSettings {

    /**
     * Names by which this server is called, beside those of this machine itself, where no key is needed. Others are refused
     * there, or a page in a browser could have its own name point here and talk to the server as if it were the user.
     */
    @Bindable(defaultValue = "")
    List<String> getHosts();

    /** Addresses, or ranges such as {@code 10.0.0.0/8}, of proxies whose word on who calls is taken. */
    @Bindable(defaultValue = "")
    List<String> getTrustedProxies();

    /** Whether a request that names no user is counted for the address that it comes from. */
    @Bindable(defaultValue = "false")
    boolean isUserByAddress();
}
