package io.perpetua.adapters.commands;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/*
 * A line of the log is the SHA-256 of what follows, a blank, and a JSON object that holds the number of the record and the
 * digest of the line before. So no line can be changed, left out, put in or moved without all that follow it. That the last
 * lines are still there is what the head says, a file of its own: number and digest of the last record.
 */
/** How the records of the log hang together. */
final class AuditChain {

    static final ObjectMapper JSON = new ObjectMapper();
    static final Link BEGINNING = new Link(0, "0".repeat(64));

    private static final int HEX_DIGITS = 64;

    private AuditChain() {}

    /** A record by its number, from 1, and the digest of its line. */
    record Link(long number, String digest) {

        /** As the head's file has it. */
        String text() {
            return number + " " + digest + "\n";
        }

        static @Nullable Link of(String text) {
            String[] words = text.strip().split(" ", -1);
            return words.length == 2 && words[0].matches("\\d{1,18}") && words[1].matches("[0-9a-f]{64}")
                    ? new Link(Long.parseLong(words[0]), words[1])
                    : null;
        }
    }

    /** A line, and the link that it is. */
    record Sealed(Link link, String line) {}

    /** The line that goes on from {@code before}. */
    static Sealed seal(Link before, ObjectNode record) {
        var body = JSON.createObjectNode();
        body.put("n", before.number() + 1);
        body.put("prev", before.digest());
        body.setAll(record);
        String json = write(body);
        String digest = sha256(json);
        return new Sealed(new Link(before.number() + 1, digest), digest + " " + json + "\n");
    }

    /** What is wrong with a line that should go on from {@code before}; null when nothing is. */
    static @Nullable String fault(Link before, String line) {
        if (line.length() < HEX_DIGITS + 2 || line.charAt(HEX_DIGITS) != ' ') {
            return "is no record";
        }
        String json = line.substring(HEX_DIGITS + 1);
        if (!sha256(json).equals(line.substring(0, HEX_DIGITS))) {
            return "has been changed";
        }
        try {
            var body = JSON.readTree(json);
            if (body.path("n").asLong() != before.number() + 1) {
                return "is number " + body.path("n").asLong() + " where number " + (before.number() + 1)
                        + " should be: records are missing, or moved";
            }
            return body.path("prev").asText().equals(before.digest()) ? null : "does not go on from the one before";
        } catch (JsonProcessingException e) {
            return "is no record";
        }
    }

    /** The link that a sound line is. */
    static Link link(Link before, String line) {
        return new Link(before.number() + 1, line.substring(0, HEX_DIGITS));
    }

    static String write(ObjectNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    static String sha256(String text) {
        return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    static String sha256(Path file) throws IOException {
        var digest = digest();
        try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
