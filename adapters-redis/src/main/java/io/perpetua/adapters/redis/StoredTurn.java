package io.perpetua.adapters.redis;

import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.domain.conversation.Fingerprint;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Message.Media;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.ToolCall;
import io.perpetua.domain.conversation.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/*
 * A message's JSON nearly always has its text in it, so that is stored once: what stands before it, and after it.
 */
/**
 * A turn as it stands in its branch's list, and what can be told of it by its first {@value #HEADER} bytes.
 *
 * @param total what the turns up to it cost together, along any path that it is on
 * @param tokens what it costs
 * @param at when it was said
 * @param fingerprint of the history that ends with it
 */
record StoredTurn(long total, int tokens, Instant at, Fingerprint fingerprint) {

    /** Where the fingerprint begins, which scripts compare. */
    static final int FINGERPRINT = 20;

    static final int HEADER = FINGERPRINT + 16;

    static StoredTurn header(byte[] packed) {
        var in = new Unpacker(packed, 0);
        return new StoredTurn(
                in.fixed(8), (int) in.fixed(4), Micros.instant(in.fixed(8)), Fingerprint.of(in.bytes(16)));
    }

    /** The turn {@code turn}, after which the turns of the path cost {@code total}. */
    static byte[] packed(NewTurn turn, long total, Fingerprint fingerprint) {
        Message message = turn.message();
        var out = new Packer()
                .fixed(total, 8)
                .fixed(turn.tokens(), 4)
                .fixed(Micros.of(turn.at()), 8)
                .bytes(fingerprint.bytes())
                .text(message.role().wire())
                .text(message.text())
                .orNull(message.name())
                .orNull(message.toolCallId());
        out.number(message.toolCalls().size());
        for (ToolCall call : message.toolCalls()) {
            out.text(call.id()).text(call.name()).text(call.arguments());
        }
        out.number(message.media().size());
        for (Media part : message.media()) {
            out.text(part.kind()).text(part.reference()).number(part.tokens());
        }
        wire(out, message);
        return out.packed();
    }

    /** The same turn, after which the turns of the path cost {@code total}. */
    static byte[] with(byte[] packed, long total) {
        return new Packer()
                .fixed(total, 8)
                .bytes(Arrays.copyOfRange(packed, 8, packed.length))
                .packed();
    }

    static Turn turn(byte[] packed, int number) {
        var header = header(packed);
        var in = new Unpacker(packed, HEADER);
        String wire = in.text();
        Role role = Role.of(wire);
        if (role == null) {
            throw new IllegalStateException("no role is called " + wire);
        }
        String text = in.text();
        String name = in.orNull();
        String toolCallId = in.orNull();
        List<ToolCall> calls = new ArrayList<>();
        for (int left = in.smallNumber(); left > 0; left--) {
            calls.add(new ToolCall(in.text(), in.text(), in.text()));
        }
        List<Media> media = new ArrayList<>();
        for (int left = in.smallNumber(); left > 0; left--) {
            media.add(new Media(in.text(), in.text(), in.smallNumber()));
        }
        var message = new Message(role, text, name, calls, toolCallId, media, wire(in, text));
        return new Turn(number, message, header.at, header.tokens);
    }

    private static void wire(Packer out, Message message) {
        String quoted = quoted(message.text());
        int at = message.wire().indexOf(quoted);
        if (at < 0 || message.text().isEmpty()) {
            out.number(0).text(message.wire());
        } else {
            out.number(1)
                    .text(message.wire().substring(0, at))
                    .text(message.wire().substring(at + quoted.length()));
        }
    }

    private static String wire(Unpacker in, String text) {
        return in.number() == 0 ? in.text() : in.text() + quoted(text) + in.text();
    }

    /** A text as most programs write it in JSON. */
    private static String quoted(String text) {
        var quoted = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
