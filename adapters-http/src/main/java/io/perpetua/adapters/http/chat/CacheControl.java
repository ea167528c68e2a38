package io.perpetua.adapters.http.chat;

import io.perpetua.adapters.http.Call;
import io.perpetua.application.cache.CacheUse;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads what a request's {@code Cache-Control} wants of the response cache. A {@code max-age} of 0 wants a new answer;
 * any other, like every directive that is not known, changes nothing.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9111#section-5.2.1">RFC 9111, section 5.2.1</a>
 */
final class CacheControl {

    private CacheControl() {}

    static CacheUse read(Call call) {
        return of(call.headers("Cache-Control"));
    }

    static CacheUse of(String header) {
        Set<String> directives = Arrays.stream(header.toLowerCase(Locale.ROOT).split(",", -1))
                .map(directive -> directive.replaceAll("\\s", ""))
                .collect(Collectors.toSet());
        if (directives.contains("no-store")) {
            return CacheUse.NONE;
        }
        return directives.contains("no-cache") || directives.contains("max-age=0")
                ? CacheUse.KEEP
                : CacheUse.READ_AND_KEEP;
    }
}
