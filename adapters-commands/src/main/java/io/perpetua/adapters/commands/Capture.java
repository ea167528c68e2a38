package io.perpetua.adapters.commands;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What is printed, up to a limit. Safe for concurrent use. */
final class Capture {

    private final int most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean truncated;

    Capture(int most) {
        this.most = most;
    }

    /** Adds bytes as far as there is room; whether there was enough. */
    synchronized boolean add(byte[] bytes, int from, int length) {
        int room = Math.min(length, most - kept.size());
        kept.write(bytes, from, room);
        truncated |= room < length;
        return room == length;
    }

    synchronized boolean truncated() {
        return truncated;
    }

    /** The text; a character that the limit has cut through is left out. */
    synchronized String text() {
        String text = kept.toString(StandardCharsets.UTF_8);
        return truncated && text.endsWith("\ufffd") ? text.substring(0, text.length() - 1) : text;
    }
}
