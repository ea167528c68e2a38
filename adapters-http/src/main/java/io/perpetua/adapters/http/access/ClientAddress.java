package io.perpetua.adapters.http.access;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/*
 * X-Forwarded-For is read from its end: each proxy adds whom it was called by. Whatever stands before the first address that
 * is no trusted proxy was written by that address, which can write what it likes.
 */
/** Where a request comes from: who is connected or, where that is a trusted proxy, whom it names. Safe for concurrent use. */
@Singleton
final class ClientAddress {

    private final List<AddressRange> trusted;

    @Inject
    ClientAddress(AccessSettings settings) {
        this(settings.getTrustedProxies());
    }

    ClientAddress(List<String> trustedProxies) {
        trusted = trustedProxies.stream()
                .filter(each -> !each.isBlank())
                .map(AddressRange::parse)
                .toList();
    }

    String of(HttpRequest<?> request) {
        var address = request.getRemoteAddress().getAddress();
        return of(
                address == null ? "" : address.getHostAddress(),
                request.getHeaders().getAll("X-Forwarded-For"));
    }

    String of(String connected, List<String> forwarded) {
        var hops = new ArrayList<String>();
        forwarded.forEach(header ->
                Arrays.stream(header.split(",", -1)).map(String::strip).forEach(hops::add));
        String client = connected;
        while (isTrusted(client) && !hops.isEmpty()) {
            String before = hops.removeLast();
            if (AddressRange.bytes(before) == null) {
                return client;
            }
            client = before;
        }
        return client;
    }

    private boolean isTrusted(String address) {
        byte[] bytes = AddressRange.bytes(address);
        return bytes != null && trusted.stream().anyMatch(range -> range.contains(bytes));
    }
}
