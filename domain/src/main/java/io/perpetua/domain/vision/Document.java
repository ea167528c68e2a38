package io.perpetua.domain.vision;

import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A document as it is kept.
 *
 * @param id what names it within its scope, see {@link DocumentId}
 * @param mediaType what it is said to be, with {@code ; charset=} where that was said; empty where nothing was
 * @param address where it was fetched; null where it was sent
 * @param bytes its size
 * @param metadata what its owner says about it: each value as JSON writes it, a string, number or boolean; in order
 * @param pages how many there are; 0 until that is known
 * @param ready whether it has been read to its end
 * @param at when it was first kept, to the microsecond
 */
public record Document(
        String id,
        String mediaType,
        @Nullable String address,
        long bytes,
        Map<String, String> metadata,
        int pages,
        boolean ready,
        Instant at) {

    /** The member of the metadata that names the conversation which the document belongs to, and is erased with. */
    public static final String CONVERSATION = "conversation_id";

    /** The member of the metadata that says what it is called. */
    private static final String TITLE = "title";

    private static final int LONGEST_TITLE = 80;
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u(\\p{XDigit}{4})|(.))");
    private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}");

    public Document {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** The conversation that it belongs to, null where it belongs to none. */
    public @Nullable String conversation() {
        return text(CONVERSATION);
    }

    /** Whether it may be quoted in a conversation: it belongs to that one or to none. */
    public boolean isOpenTo(String other) {
        String own = conversation();
        return own == null || own.equals(other);
    }

    /** What it is called, on one line and in few words; empty where nobody said. */
    public String title() {
        String title = text(TITLE);
        return title == null
                ? ""
                : UNPRINTABLE
                        .matcher(title.substring(0, Math.min(title.length(), LONGEST_TITLE)))
                        .replaceAll(" ")
                        .strip();
    }

    private @Nullable String text(String name) {
        return text(metadata, name);
    }

    /** A member of {@code metadata} that is a string; null where there is none. */
    static @Nullable String text(Map<String, String> metadata, String name) {
        String json = metadata.get(name);
        return json == null || !json.startsWith("\"")
                ? null
                : ESCAPE.matcher(json.substring(1, json.length() - 1))
                        .replaceAll(found -> Matcher.quoteReplacement(unescaped(found)));
    }

    private static String unescaped(MatchResult escape) {
        if (escape.group(1) != null) {
            return String.valueOf((char) HexFormat.fromHexDigits(escape.group(1)));
        }
        return switch (escape.group(2)) {
            case "n" -> "\n";
            case "r" -> "\r";
            case "t" -> "\t";
            case "b" -> "\b";
            case "f" -> "\f";
            default -> escape.group(2);
        };
    }

    /** The same with other metadata. */
    public Document describedBy(Map<String, String> other) {
        return new Document(id, mediaType, address, bytes, other, pages, ready, at);
    }

    /** The same, read to its end. */
    public Document read(int allPages) {
        return new Document(id, mediaType, address, bytes, metadata, allPages, true, at);
    }
}
