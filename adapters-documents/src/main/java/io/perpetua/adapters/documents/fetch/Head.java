package io.perpetua.adapters.documents.fetch;

import io.perpetua.adapters.documents.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The status and the fields with which an answer of HTTP/1.1 begins. */
record Head(int status, Map<String, String> fields) {

    private static final int MOST_BYTES = 65_536;
    private static final int MOST_FIELDS = 200;

    /** Reads one, up to the empty line after it. */
    static Head read(InputStream in) throws IOException {
        int[] left = {MOST_BYTES};
        String[] status = line(in, left).split(" ", 3);
        if (status.length < 2 || !status[0].startsWith("HTTP/1.") || !status[1].matches("[1-5]\\d\\d")) {
            throw new IOException("no answer of HTTP/1.1");
        }
        var fields = new HashMap<String, String>();
        for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
            int colon = line.indexOf(':');
            if (colon < 1 || fields.size() >= MOST_FIELDS) {
                throw new IOException("no field of a head");
            }
            fields.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (one, other) -> one.equals(other) ? one : one + "," + other);
        }
        var head = new Head(Integer.parseInt(status[1]), Map.copyOf(fields));
        head.length(); // refused before anything is read
        return head;
    }

    /** A line without its end. */
    static String line(InputStream in, int[] left) throws IOException {
        var line = new StringBuilder();
        while (true) {
            int c = in.read();
            if (c < 0 || --left[0] < 0) {
                throw new IOException(c < 0 ? "the answer ended within its head" : "a head that does not end");
            }
            if (c == '\n') {
                int end = line.length() - 1;
                return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
            }
            line.append((char) c);
        }
    }

    boolean isInterim() {
        return status < 200;
    }

    boolean isOk() {
        return status == 200;
    }

    boolean isRedirect() {
        return (status == 301 || status == 302 || status == 303 || status == 307 || status == 308)
                && !location().isEmpty();
    }

    String location() {
        return fields.getOrDefault("location", "");
    }

    boolean isChunked() {
        return fields.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked");
    }

    /** Whether the body is as it is. */
    boolean isPlain() {
        String encoding = fields.getOrDefault("content-encoding", "").toLowerCase(Locale.ROOT);
        return encoding.isEmpty() || encoding.equals("identity");
    }

    /** Of the body in bytes; -1 where it is not told. */
    long length() throws IOException {
        String length = fields.get("content-length");
        if (length == null) {
            return -1;
        }
        if (!length.matches("\\d{1,18}")) {
            throw new IOException("a length that is none");
        }
        return Long.parseLong(length);
    }

    /** With its charset at most, in lower case; empty where none is named. */
    String mediaType() {
        return MediaType.kept(fields.getOrDefault("content-type", ""));
    }
}
