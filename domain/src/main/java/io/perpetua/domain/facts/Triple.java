package io.perpetua.domain.facts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a fact says, as it was put.
 *
 * @param subject what it is about; like the others it has at least one character that is no space
 * @param predicate what is said of it
 * @param object what that is
 */
public record Triple(String subject, String predicate, String object) {

    /** Most characters of a subject or a predicate. */
    public static final int LONGEST_NAME = 1_000;

    /** Most characters of an object. */
    public static final int LONGEST_OBJECT = 10_000;

    private static final Pattern SPACES = Pattern.compile("[\\p{Z}\\s\\x1C-\\x1F\\x85]+");

    /** What Unicode calls default ignorable: it is not to be seen, and NFKC_Casefold leaves it out. */
    private static final Pattern UNSEEN = Pattern.compile("["
            + "\\x{AD}\\x{34F}\\x{61C}\\x{115F}-\\x{1160}\\x{17B4}-\\x{17B5}\\x{180B}-\\x{180F}\\x{200B}-\\x{200F}"
            + "\\x{202A}-\\x{202E}\\x{2060}-\\x{206F}\\x{3164}\\x{FE00}-\\x{FE0F}\\x{FEFF}\\x{FFA0}\\x{FFF0}-\\x{FFF8}"
            + "\\x{1BCA0}-\\x{1BCA3}\\x{1D173}-\\x{1D17A}\\x{E0000}-\\x{E0FFF}]+");

    public Triple {
        require("subject", subject, LONGEST_NAME);
        require("predicate", predicate, LONGEST_NAME);
        require("object", object, LONGEST_OBJECT);
    }

    private static void require(String what, String value, int longest) {
        if (value.length() > longest || normal(value).isEmpty()) {
            throw new IllegalArgumentException(what + " must say something in at most " + longest + " characters");
        }
    }

    /** SHA-256 of the three parts' {@link #normal} forms in hexadecimal digits: equal exactly for what is the same. */
    public String hash() {
        return digest(normal(subject), normal(predicate), normal(object));
    }

    /**
     * The form that parts are compared in: compatibility forms made one (NFKC), letters without their case, without what
     * cannot be seen, runs of space as one space, and none around it. Empty where there is nothing but these.
     */
    public static String normal(String part) {
        String even = Normalizer.normalize(UNSEEN.matcher(part).replaceAll(""), Form.NFKC);
        // Twice, for what has no upper case of its own before it has a lower one: the capital sharp s.
        String folded = Normalizer.normalize(folded(folded(even)), Form.NFKC);
        return SPACES.matcher(folded).replaceAll(" ").strip();
    }

    private static String folded(String text) {
        return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** SHA-256 of texts, each with its length before it, so that no two lists are the same. */
    static String digest(String... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                digest.update((part.length() + ":" + part).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Tells of what is said no more than its length: it may get into logs. */
    @Override
    public String toString() {
        return "Triple[" + (subject.length() + predicate.length() + object.length()) + " characters]";
    }
}
