package io.perpetua.domain.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/*
 * perp-ID-SECRET: the id finds the key without any secret being compared, and the secret has 256 bits of chance. Nothing
 * that could be guessed is hashed, so a plain SHA-256 keeps it as well as a slow one would, and costs a request nothing.
 */
/**
 * A key as its holder has it, {@code perp-ID-SECRET}; what is stored of the secret is its digest. Its text form leaves the
 * secret out.
 */
public final class KeyText {

    /** How every key of ours begins. */
    public static final String PREFIX = "perp-";

    private static final int ID_BYTES = 6;
    private static final int SECRET_BYTES = 32;
    private static final Pattern FORM = Pattern.compile(PREFIX + "([0-9a-f]{12})-([A-Za-z0-9_-]{43})");

    private final String id;
    private final String secret;

    private KeyText(String id, String secret) {
        this.id = id;
        this.secret = secret;
    }

    /**
     * A new key.
     *
     * @param random must not be predictable: one of {@link java.security.SecureRandom}'s
     */
    public static KeyText make(RandomGenerator random) {
        byte[] id = new byte[ID_BYTES];
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(id);
        random.nextBytes(secret);
        return new KeyText(
                HexFormat.of().formatHex(id),
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** The key that {@code text} is, null when it is none of ours. */
    public static @Nullable KeyText parse(String text) {
        var form = FORM.matcher(text);
        return form.matches() ? new KeyText(form.group(1), form.group(2)) : null;
    }

    /** The part that names the key, and is no secret. */
    public String id() {
        return id;
    }

    /** SHA-256 of the secret, which is all that is stored of it, in hexadecimal digits. */
    public String digest() {
        return HexFormat.of().formatHex(sha256());
    }

    /** Whether this is the key whose digest is {@code stored}. Takes the same time wherever they differ. */
    public boolean matches(String stored) {
        return MessageDigest.isEqual(
                digest().getBytes(StandardCharsets.US_ASCII), stored.getBytes(StandardCharsets.US_ASCII));
    }

    /** The whole key, secret included: to be shown once, to whom it is made for. */
    public String reveal() {
        return PREFIX + id + "-" + secret;
    }

    @Override
    public String toString() {
        return PREFIX + id + "-…";
    }

    private byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
