package io.perpetua.adapters.http.guard;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.perpetua.adapters.http.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * Whatever two servers in a row could read differently is refused, for that is how a request is smuggled past the first.
 * Content-Length beside Transfer-Encoding, unequal lengths and malformed lines are refused by the parser already.
 */
/** Judges a request by its line and headers. */
final class Admissibility {

    private Admissibility() {}

    /** Why the request is refused whatever its body is; null when it is not. */
    static @Nullable Problem refusal(HttpRequest request, long largestBody) {
        if (request.decoderResult().isFailure()) {
            return Refusals.undecodable(request.decoderResult().cause());
        }
        var version = request.protocolVersion();
        if (version.majorVersion() != 1) {
            return Refusals.VERSION;
        }
        var headers = request.headers();
        int hosts = headers.getAll(HttpHeaderNames.HOST).size();
        if (hosts > 1 || (hosts == 0 && version.compareTo(HttpVersion.HTTP_1_1) >= 0)) {
            return Refusals.HOSTS;
        }
        if (!areAll(HttpHeaderValues.CHUNKED, headers.getAll(HttpHeaderNames.TRANSFER_ENCODING))) {
            return Refusals.TRANSFER_CODING;
        }
        if (isEncoded(headers)) {
            return Refusals.ENCODED;
        }
        return HttpUtil.getContentLength(request, 0L) > largestBody ? Refusals.tooLarge(largestBody) : null;
    }

    private static boolean isEncoded(HttpHeaders headers) {
        return !areAll(HttpHeaderValues.IDENTITY, headers.getAll(HttpHeaderNames.CONTENT_ENCODING));
    }

    private static boolean areAll(CharSequence expected, List<String> found) {
        return found.stream().allMatch(value -> value.strip().equalsIgnoreCase(expected.toString()));
    }
}
