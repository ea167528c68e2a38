package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Where a conversation is kept: everything about it is in one of {@value #PARTITIONS} partitions, whose keys have one hash
 * tag and so are on one server of a cluster. Its name there is short, and two conversations may have to share it, however
 * unlikely that is: the head says whose it is.
 *
 * @param partition from 0
 * @param token {@value #TOKEN} characters of {@code [0-9A-Za-z_-]}
 */
record Place(int partition, String token) {

    static final int PARTITIONS = 1_024;
    static final int TOKEN = 12;

    /** How many of the token's characters say which bucket it is in, so that there are 256 of them in a partition. */
    private static final int BUCKET = 2;

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** The place that the conversation's name gives; that of a fork is with what it was forked from. */
    static Place own(ConversationKey key) {
        return own(key.scope(), key.id());
    }

    /** The place that a name gives. */
    static Place own(Scope scope, String name) {
        byte[] hash = hash(scope.tenant(), scope.namespace(), name);
        int partition = Math.floorMod(ByteBuffer.wrap(hash).getInt(), PARTITIONS);
        return new Place(
                partition,
                HexFormat.of().toHexDigits(hash[4])
                        + BASE64.encodeToString(hash).substring(8, 8 + TOKEN - BUCKET));
    }

    /** A short name for a scope. */
    static String token(Scope scope) {
        return BASE64.encodeToString(hash(scope.tenant(), scope.namespace())).substring(0, TOKEN);
    }

    /** The same conversation in another partition. */
    Place in(int other) {
        return new Place(other, token);
    }

    /** The conversation of this partition that is called {@code otherToken}. */
    Place beside(String otherToken) {
        return new Place(partition, otherToken);
    }

    /** What the keys of a partition begin with, its hash tag included. */
    static String prefix(int partition) {
        return "perpetua:{t" + partition + "}:";
    }

    /** A key of this conversation's partition. */
    byte[] key(String rest) {
        return (prefix(partition) + rest).getBytes(UTF_8);
    }

    /** What exists as long as the conversation does. */
    byte[] head() {
        return key("c:" + token);
    }

    byte[] anchors() {
        return key("a:" + token);
    }

    byte[] brief() {
        return key("b:" + token);
    }

    /** The bucket that has its turns, tokens and mode, called {@link #field}. */
    byte[] ledger() {
        return key("l:" + token.substring(0, BUCKET));
    }

    /** The bucket that has the partition of a fork, called {@link #field}; in its own partition. */
    byte[] pointers() {
        return key("p:" + token.substring(0, BUCKET));
    }

    /** The bucket that tells where the branch is that came with this name from another store, called {@link #field}. */
    byte[] aliases() {
        return key("n:" + token.substring(0, BUCKET));
    }

    /** Turns by their numbers that came for a branch of this name and are not any conversation's yet. */
    byte[] staged() {
        return key("u:" + token);
    }

    /** The conversations of its scope in this partition, by when they grew last. */
    byte[] listed(Scope scope) {
        return key("z:" + token(scope));
    }

    /** What it is called in its buckets. */
    byte[] field() {
        return token.substring(BUCKET).getBytes(UTF_8);
    }

    /** Counts how often a conversation of the partition was forked or erased: who depends on the one sees the other. */
    byte[] forked() {
        return key("forked");
    }

    /** The set of the cache keys of the answers that were kept from it. */
    byte[] answers() {
        return key("answers:" + token);
    }

    /** What the key of an answer that was kept from it begins with; a cache key follows. */
    byte[] answer() {
        return key("answer:");
    }

    private static byte[] hash(String... fields) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            for (String field : fields) {
                byte[] bytes = field.getBytes(UTF_8);
                sha.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
                sha.update(bytes);
            }
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
