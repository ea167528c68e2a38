package io.perpetua.adapters.http.guard;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.util.DefaultHttpHostResolver;
import io.micronaut.http.server.util.HttpHostResolver;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * The host that a request is addressed to, by its own header alone. The framework would believe forwarding headers, which
 * anybody can send, and decide by them whether a page of another origin calls this machine.
 */
@Singleton
@Replaces(DefaultHttpHostResolver.class)
final class AddressedHost implements HttpHostResolver {

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public String resolve(@Nullable HttpRequest request) {
        String host = request == null ? null : request.getHeaders().get(HttpHeaders.HOST);
        return "http://" + (host == null ? "" : host);
    }
}
