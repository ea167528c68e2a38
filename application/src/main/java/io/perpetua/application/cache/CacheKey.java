package io.perpetua.application.cache;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What identical requests have in common: a digest of everything that decides the answer, which are the scope, the model
 * asked for, the parameters, and each message that is sent, to the letter and in order.
 *
 * @param hex SHA-256 in 64 lower-case hexadecimal digits, over fields that begin with their length, so that no two lists
 *     of fields read the same
 */
public record CacheKey(String hex) {

    /**
     * The key of a request.
     *
     * @param model as the client said it, {@code auto} included
     * @param parameters in the spelling of {@link CompletionFormat#comparable}
     * @param messages what is sent
     */
    static CacheKey of(Scope scope, String model, String parameters, List<Message> messages) {
        var sha = sha256();
        add(sha, scope.tenant());
        add(sha, scope.namespace());
        add(sha, model);
        add(sha, parameters);
        messages.forEach(message -> add(sha, message.wire()));
        return new CacheKey(HexFormat.of().formatHex(sha.digest()));
    }

    private static void add(MessageDigest sha, String field) {
        byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
        int n = bytes.length;
        sha.update(new byte[] {(byte) (n >>> 24), (byte) (n >>> 16), (byte) (n >>> 8), (byte) n});
        sha.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
