package io.perpetua.adapters.http;

import io.micronaut.http.HttpRequest;
import io.perpetua.adapters.http.access.Callers;
import io.perpetua.adapters.http.json.Fields;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.domain.access.Caller;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Names;
import io.perpetua.domain.conversation.Scope;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One request by its line and headers: who calls, what the path names, what the query asks. */
public final class Call {

    private static final String NAMESPACE = "namespace";

    private final HttpRequest<?> request;

    private Call(HttpRequest<?> request) {
        this.request = request;
    }

    public static Call of(HttpRequest<?> request) {
        return new Call(request);
    }

    /** Who makes it. */
    public Caller caller() {
        return Callers.of(request);
    }

    public HttpRequest<?> request() {
        return request;
    }

    /** Whose conversations are meant, by {@code ?namespace=}. */
    public Scope scope() {
        return caller().scope(namespace());
    }

    /** Whose conversations are meant, by the body's {@code namespace}, or else by the query's. */
    public Scope scope(Fields body) {
        return caller().scope(namespace(body));
    }

    /** The body's {@code namespace}, or else the query's. */
    public String namespace(Fields body) {
        String namespace = body.textOrNull(NAMESPACE);
        return namespace == null ? namespace() : identifier(body.path(NAMESPACE), namespace);
    }

    private String namespace() {
        String namespace = query(NAMESPACE);
        return namespace == null ? Scope.DEFAULT_NAMESPACE : identifier(NAMESPACE, namespace);
    }

    /** The conversation that the path names: {@code /v1/conversations/ID…}. */
    public ConversationKey conversation() {
        return new ConversationKey(scope(), identifier("conversation_id", segment(3)));
    }

    /** A segment of the path, decoded; the first is number 1. A slash or a plus sign in an id is part of it. */
    public String segment(int number) {
        String[] segments = request.getUri().getRawPath().split("/", -1);
        return decode(segments[number]);
    }

    public @Nullable String query(String name) {
        return request.getParameters().get(name);
    }

    public int query(String name, int least, int most, int otherwise) {
        String value = query(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw notBetween(name, least, most, e);
        }
        throw notBetween(name, least, most, null);
    }

    /** A header's value, which is UTF-8 as everything else; null when it is absent or empty. */
    public @Nullable String header(String name) {
        String value = request.getHeaders().get(name);
        if (value == null || value.isBlank()) {
            return null;
        }
        return utf8(name, value.strip().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The values of a header that may come several times, joined by commas; empty when it is absent. */
    public String headers(String name) {
        return String.join(",", request.getHeaders().getAll(name));
    }

    /** A header's word, one of {@code words} in any case; null when it is absent. */
    public @Nullable String header(String name, List<String> words) {
        String value = header(name);
        if (value == null) {
            return null;
        }
        String word = value.toLowerCase(Locale.ROOT);
        if (!words.contains(word)) {
            throw new RequestRefused(
                    Reason.INVALID,
                    "invalid_value",
                    name,
                    "'" + name + "': expected one of " + String.join(", ", words) + ", found '" + value + "'");
        }
        return word;
    }

    /** {@code text} as a header's value that a client can send back as it came. */
    public static String headerValue(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** {@code value}, which must do as an identifier. */
    public static String identifier(String param, String value) {
        if (!Names.valid(value)) {
            throw new RequestRefused(
                    Reason.INVALID, "invalid_value", param, "'" + param + "': expected 1 to 256 printable characters");
        }
        return value;
    }

    private static RequestRefused notBetween(String name, int least, int most, @Nullable Throwable cause) {
        var refused = new RequestRefused(
                Reason.INVALID,
                "invalid_value",
                name,
                "'" + name + "': expected an integer from " + least + " to " + most);
        if (cause != null) {
            refused.initCause(cause);
        }
        return refused;
    }

    private static String decode(String segment) {
        var bytes = new ByteArrayOutputStream(segment.length());
        int at = 0;
        while (at < segment.length()) {
            if (segment.charAt(at) == '%') {
                bytes.write(Integer.parseInt(segment, at + 1, at + 3, 16));
                at += 3;
            } else {
                int c = segment.codePointAt(at);
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                at += Character.charCount(c);
            }
        }
        return utf8("conversation_id", bytes.toByteArray());
    }

    private static String utf8(String param, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new RequestRefused(Reason.INVALID, "invalid_value", param, "'" + param + "' is not valid UTF-8");
        }
    }
}
