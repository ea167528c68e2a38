package io.perpetua.adapters.http.access;

import io.micronaut.http.HttpRequest;
import io.perpetua.domain.access.Caller;

/** Who makes a request, once that is known. */
public final class Callers {

    private static final String ATTRIBUTE = "perpetua.caller";

    private Callers() {}

    static void put(HttpRequest<?> request, Caller caller) {
        request.setAttribute(ATTRIBUTE, caller);
    }

    /**
     * Who makes {@code request}.
     *
     * @throws IllegalStateException when nobody has found out, so that nothing is ever done for nobody in particular
     */
    public static Caller of(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, Caller.class)
                .orElseThrow(() -> new IllegalStateException("a request whose caller is not known"));
    }
}
