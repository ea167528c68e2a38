package io.perpetua.application.facts;

import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.facts.Triple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * As much of a fact as it is found by.
 *
 * @param id the fact's
 * @param recordedAt when it was kept first
 * @param text its triple as words and vectors are made of it: at most {@value #LONGEST} characters, its beginning
 */
public record Gist(String id, Instant recordedAt, String text) {

    static final int LONGEST = 2_000;

    /** Where words meet in names of relations: lives_in, livesIn, lives-in. */
    private static final Pattern SEAM = Pattern.compile("[_\\-]+|(?<=\\p{Ll})(?=\\p{Lu})");

    public static Gist of(Fact fact) {
        return of(fact.id(), fact.recordedAt(), fact.triple());
    }

    public static Gist of(String id, Instant recordedAt, Triple triple) {
        String text = spaced(triple.subject()) + " " + spaced(triple.predicate()) + " " + triple.object();
        return new Gist(id, recordedAt, clipped(text));
    }

    private static String spaced(String name) {
        return SEAM.matcher(name).replaceAll(" ");
    }

    private static String clipped(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }

    /** What its text's vector is known by: SHA-256 in hexadecimal digits. */
    String key() {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
