package io.perpetua.adapters.llm.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts a byte stream into server-sent events, wherever the bytes are split. Lines end in LF, CR or CRLF, a byte order
 * mark at the start is skipped, comments and unknown fields are ignored, an event without data is none, and one that the
 * stream's end cuts off is dropped. Not safe for concurrent use.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">WHATWG HTML</a>
 */
final class SseParser {

    /* Line ends are single bytes that occur inside no UTF-8 sequence, so bytes are gathered into lines first and decoded
     * line by line: a character is never torn, however the buffers are cut. */

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private boolean afterCarriageReturn;
    private boolean firstLine = true;

    /** Hands every event that {@code bytes} complete to {@code sink}, in order. */
    void feed(ByteBuffer bytes, Consumer<SseEvent> sink) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        int lineStart = 0;
        for (int i = 0; i < copy.length; i++) {
            byte next = copy[i];
            boolean secondHalfOfLineEnd = afterCarriageReturn && next == '\n';
            afterCarriageReturn = next == '\r';
            if (next == '\r' || next == '\n') {
                line.write(copy, lineStart, i - lineStart);
                lineStart = i + 1;
                if (!secondHalfOfLineEnd) {
                    endLine(sink);
                }
            }
        }
        line.write(copy, lineStart, copy.length - lineStart);
    }

    private void endLine(Consumer<SseEvent> sink) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (firstLine) {
            firstLine = false;
            text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        }
        if (text.isEmpty()) {
            dispatch(sink);
        } else {
            read(text);
        }
    }

    private void read(String text) {
        int colon = text.indexOf(':');
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        switch (field) {
            case "data" -> data.append(value).append('\n');
            case "event" -> type = value;
            default -> {} // comments have an empty name; id and retry mean nothing to a call that is never resumed
        }
    }

    private void dispatch(Consumer<SseEvent> sink) {
        if (!data.isEmpty()) {
            data.setLength(data.length() - 1);
            sink.accept(new SseEvent(type.isEmpty() ? SseEvent.DEFAULT_TYPE : type, data.toString()));
        }
        data.setLength(0);
        type = "";
    }
}
