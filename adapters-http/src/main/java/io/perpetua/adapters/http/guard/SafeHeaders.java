package io.perpetua.adapters.http.guard;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * The headers that every answer carries: a browser is to neither guess types, nor show it in a frame, nor run anything in it,
 * unless it is a page of ours and says itself what that needs; and answers are people's conversations, which no cache is to
 * keep.
 */
final class SafeHeaders {

    private SafeHeaders() {}

    static void addTo(HttpHeaders headers) {
        headers.set("X-Content-Type-Options", "nosniff")
                .set("Referrer-Policy", "no-referrer")
                .set(HttpHeaderNames.X_FRAME_OPTIONS, "DENY")
                .remove(HttpHeaderNames.SERVER);
        if (!headers.contains(HttpHeaderNames.CONTENT_SECURITY_POLICY)) {
            headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
        }
        if (!headers.contains(HttpHeaderNames.CACHE_CONTROL)) {
            headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        }
    }
}
