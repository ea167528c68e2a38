package io.perpetua.domain.conversation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What identifies a history: a hash chain over its messages, as commits are chained in a version control system.
 * Equal fingerprints mean the same messages, in the same order, in the same scope and from the same end user.
 *
 * <p>A message counts by its role, name, text, media, tool calls (name and arguments) and nothing else, and white
 * space around its text does not count: clients re-send their history with fields dropped and ends trimmed.
 */
public final class Fingerprint {

    /** 128 bits: accidental collisions stay out of reach at any number of turns a server can hold. */
    private static final int BYTES = 16;

    private final byte[] bytes;

    private Fingerprint(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The fingerprint of no messages at all. */
    public static Fingerprint root(Scope scope, @Nullable String user) {
        return new Digest()
                .add(scope.tenant())
                .add(scope.namespace())
                .add(user == null ? "" : user)
                .finish();
    }

    /** The fingerprint of this history with {@code message} after it. */
    public Fingerprint then(Message message) {
        var digest = new Digest().add(bytes).add(message.role().wire());
        digest.add(message.name() == null ? "" : message.name());
        digest.add(message.text().strip());
        for (var media : message.media()) {
            digest.add(media.kind()).add(media.reference());
        }
        for (var call : message.toolCalls()) {
            digest.add(call.name()).add(call.arguments().strip());
        }
        return digest.finish();
    }

    public static Fingerprint of(byte[] stored) {
        if (stored.length != BYTES) {
            throw new IllegalArgumentException("a fingerprint has 16 bytes, not " + stored.length);
        }
        return new Fingerprint(stored.clone());
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Fingerprint that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }

    /** SHA-256 over length-prefixed fields, so that no two field lists read the same. */
    private static final class Digest {

        private final MessageDigest sha = sha256();

        Digest add(String field) {
            return add(field.getBytes(StandardCharsets.UTF_8));
        }

        Digest add(byte[] field) {
            int n = field.length;
            sha.update(new byte[] {(byte) (n >>> 24), (byte) (n >>> 16), (byte) (n >>> 8), (byte) n});
            sha.update(field);
            return this;
        }

        Fingerprint finish() {
            return new Fingerprint(Arrays.copyOf(sha.digest(), BYTES));
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }
}
