package io.perpetua.adapters.documents;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a document is said to be.
 *
 * @param type in lower case, without parameters; empty where nothing was said
 * @param charset what its text is written in; null where nothing was said, or nothing that is known
 */
public record MediaType(String type, @Nullable Charset charset) {

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([\\w.:+-]{1,40})", Pattern.CASE_INSENSITIVE);

    /** What is called so on the web is a part of windows-1252, and browsers read it as that. */
    private static final Set<Charset> WESTERN = Set.of(StandardCharsets.ISO_8859_1, StandardCharsets.US_ASCII);

    /** Reads the field {@code Content-Type}, or what a caller says in its stead. */
    public static MediaType of(String said) {
        String label = label(said);
        return new MediaType(said.split(";", 2)[0].strip().toLowerCase(Locale.ROOT), charset(label));
    }

    /** The same with a charset as its only parameter, and without any where none is named: as it is kept. */
    public static String kept(String said) {
        String label = label(said);
        String type = of(said).type();
        return label.isEmpty() ? type : type + "; charset=" + label.toLowerCase(Locale.ROOT);
    }

    private static String label(String said) {
        var found = CHARSET.matcher(said);
        return found.find() ? found.group(1) : "";
    }

    private static @Nullable Charset charset(String label) {
        try {
            var charset = label.isEmpty() ? null : Charset.forName(label);
            if (charset != null && WESTERN.contains(charset)) {
                return Charset.forName("windows-1252");
            }
            return StandardCharsets.UTF_16.equals(charset) ? StandardCharsets.UTF_16LE : charset;
        } catch (IllegalArgumentException e) {
            return null; // a name that nobody knows says nothing
        }
    }

    /** What text that begins with {@code bytes} is written in: as its byte order mark says, else as was said, else null. */
    public @Nullable Charset charset(byte[] bytes) {
        if (startsWith(bytes, 0xef, 0xbb, 0xbf)) {
            return StandardCharsets.UTF_8;
        }
        if (startsWith(bytes, 0xfe, 0xff)) {
            return StandardCharsets.UTF_16BE;
        }
        return startsWith(bytes, 0xff, 0xfe) ? StandardCharsets.UTF_16LE : charset;
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
