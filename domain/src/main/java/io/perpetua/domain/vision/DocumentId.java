package io.perpetua.domain.vision;

import io.perpetua.domain.conversation.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names documents by what is in them: the same document of one scope is the same, that of another scope is another. */
public final class DocumentId {

    private static final String PREFIX = "doc_";
    private static final int BYTES = 16;
    private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9a-f]{" + 2 * BYTES + "}");

    private DocumentId() {}

    /**
     * The name of a document.
     *
     * @param content SHA-256 of its bytes
     */
    public static String of(Scope scope, byte[] content) {
        MessageDigest digest = sha256();
        // None of them holds a control character, so that 0 separates.
        digest.update((scope.tenant() + '\0' + scope.namespace() + '\0').getBytes(StandardCharsets.UTF_8));
        digest.update(content);
        return PREFIX + HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), BYTES));
    }

    /** Whether {@code text} looks like the name of a document. */
    public static boolean valid(String text) {
        return FORM.matcher(text).matches();
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
