package io.perpetua.adapters.http.access;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;

/** The names by which this machine is called, where no key is needed. Safe for concurrent use. */
@Singleton
final class HostNames {

    private static final List<AddressRange> LOOPBACK =
            List.of(AddressRange.parse("127.0.0.0/8"), AddressRange.parse("::1"));

    private final List<String> more;

    HostNames(AccessSettings settings) {
        more = settings.getHosts().stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Refuses a request that calls the server by a name that is not one of this machine's. */
    void check(HttpRequest<?> request) {
        String header = request.getHeaders().get(HttpHeaders.HOST);
        if (header != null && !isOurs(withoutPort(header.strip().toLowerCase(Locale.ROOT)))) {
            throw new RequestRefused(
                    Reason.FORBIDDEN,
                    "host_not_allowed",
                    "Host",
                    "'Host': without a key the server is called by localhost or by a name that perpetua.access.hosts lists");
        }
    }

    private boolean isOurs(String host) {
        if (host.equals("localhost") || host.endsWith(".localhost") || more.contains(host)) {
            return true;
        }
        byte[] address = AddressRange.bytes(host);
        return address != null && LOOPBACK.stream().anyMatch(range -> range.contains(address));
    }

    private static String withoutPort(String host) {
        return host.replaceFirst(":\\d*$", "");
    }
}
