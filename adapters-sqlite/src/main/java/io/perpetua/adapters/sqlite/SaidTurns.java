package io.perpetua.adapters.sqlite;

import static java.util.Objects.requireNonNullElse;

import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.memory.AnchorDetector.Detected;
import io.perpetua.domain.memory.AnchorDetector.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns that have no number yet, as one text: {@link Fields} of fields. What may be null is a list of one, or empty. */
final class SaidTurns {

    private SaidTurns() {}

    static String of(List<NewTurn> turns) {
        return list(turns.stream().map(SaidTurns::of).toList());
    }

    static List<NewTurn> turns(String text) {
        return Fields.split(text).stream().map(SaidTurns::turn).toList();
    }

    private static String of(NewTurn turn) {
        var message = turn.message();
        return list(List.of(
                message.role().wire(),
                message.text(),
                maybe(message.name()),
                requireNonNullElse(Fields.ofCalls(message.toolCalls()), ""),
                maybe(message.toolCallId()),
                requireNonNullElse(Fields.ofMedia(message.media()), ""),
                message.wire(),
                turn.at().toString(),
                Integer.toString(turn.tokens()),
                list(turn.anchors().stream().map(SaidTurns::of).toList())));
    }

    private static NewTurn turn(String text) {
        var fields = Fields.split(text).iterator();
        String name = fields.next();
        Role role = Role.of(name);
        if (role == null) {
            throw new IllegalStateException("no role is called " + name);
        }
        var message = new Message(
                role,
                fields.next(),
                given(fields.next()),
                Fields.calls(fields.next()),
                given(fields.next()),
                Fields.media(fields.next()),
                fields.next());
        var at = Instant.parse(fields.next());
        int tokens = Integer.parseInt(fields.next());
        var anchors = new ArrayList<Detected>();
        Fields.split(fields.next()).forEach(each -> anchors.add(anchor(each)));
        return new NewTurn(message, at, tokens, anchors);
    }

    private static String of(Detected anchor) {
        return list(List.of(anchor.kind().name(), anchor.text(), maybe(anchor.subject())));
    }

    private static Detected anchor(String text) {
        var fields = Fields.split(text);
        return new Detected(Kind.valueOf(fields.get(0)), fields.get(1), given(fields.get(2)));
    }

    private static String list(List<String> fields) {
        return requireNonNullElse(Fields.join(fields), "");
    }

    private static String maybe(@Nullable String text) {
        return text == null ? "" : list(List.of(text));
    }

    private static @Nullable String given(String maybe) {
        return maybe.isEmpty() ? null : Fields.split(maybe).getFirst();
    }
}
