package io.perpetua.bootstrap.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.application.transfer.ArchivedTurn;
import io.perpetua.application.transfer.Entry;
import io.perpetua.domain.conversation.Fingerprint;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Message.Media;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.ToolCall;
import io.perpetua.domain.conversation.Turn;
import java.util.HexFormat;

/** The lines of turns. */
final class TurnFormat {

    private TurnFormat() {}

    static ObjectNode turn(Entry.Said said) {
        var turn = said.turn().turn();
        var message = turn.message();
        var node = EntryFormat.JSON
                .createObjectNode()
                .put("branch", said.branch())
                .put("number", turn.number())
                .put("at", turn.at().toString())
                .put("role", message.role().wire());
        if (message.name() != null) {
            node.put("name", message.name());
        }
        node.put("text", message.text());
        if (!message.toolCalls().isEmpty()) {
            var calls = node.putArray("tool_calls");
            message.toolCalls()
                    .forEach(call -> calls.addObject()
                            .put("id", call.id())
                            .put("name", call.name())
                            .put("arguments", call.arguments()));
        }
        if (message.toolCallId() != null) {
            node.put("tool_call_id", message.toolCallId());
        }
        if (!message.media().isEmpty()) {
            var media = node.putArray("media");
            message.media()
                    .forEach(part -> media.addObject()
                            .put("kind", part.kind())
                            .put("reference", part.reference())
                            .put("tokens", part.tokens()));
        }
        return node.put("wire", message.wire())
                .put("tokens", turn.tokens())
                .put("fingerprint", said.turn().fingerprint().toString());
    }

    static Entry.Said turn(FieldsOf fields) {
        var message = new Message(
                fields.word("role", Role::of),
                fields.text("text"),
                fields.textOrNull("name"),
                fields.each(
                        "tool_calls", call -> new ToolCall(call.text("id"), call.text("name"), call.text("arguments"))),
                fields.textOrNull("tool_call_id"),
                fields.each(
                        "media", part -> new Media(part.text("kind"), part.text("reference"), part.count("tokens"))),
                fields.text("wire"));
        var turn = new Turn(fields.count("number"), message, fields.instant("at"), fields.count("tokens"));
        var fingerprint = Fingerprint.of(HexFormat.of().parseHex(fields.text("fingerprint")));
        return new Entry.Said(fields.text("branch"), new ArchivedTurn(turn, fingerprint));
    }
}
