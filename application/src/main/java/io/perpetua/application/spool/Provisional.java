package io.perpetua.application.spool;

import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.application.conversation.Past;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.KeptAnchors;
import io.perpetua.domain.mode.Mode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a conversation comes to by an append that no store has told of yet, as far as that can be known here. Pure. */
final class Provisional {

    private Provisional() {}

    /**
     * The conversation with what {@code append} adds.
     *
     * @param before the conversation as it is known, null for one that is not, or is new
     * @param source the same of the one it branches off
     * @param least how many turns it has at the least, where it is not known
     */
    static Past after(@Nullable Past before, @Nullable Past source, Append append, int least) {
        return grown(before == null ? begun(source, append, least) : before, append);
    }

    /** The conversation before anything of its own is in it. */
    private static Past begun(@Nullable Past source, Append append, int least) {
        var from = append.from();
        int shared = from == null ? Math.max(least, append.expectedTurns()) : from.turns();
        var at = append.turns().getFirst().at();
        var origin = source == null ? null : source.conversation();
        var path = new ArrayList<PathSegment>();
        if (origin != null) {
            origin.path().stream()
                    .filter(segment -> segment.first() <= shared)
                    .map(segment ->
                            new PathSegment(segment.branch(), segment.first(), Math.min(segment.last(), shared)))
                    .forEach(path::add);
        }
        // What was said before by whoever is not known here has its place, and nobody looks for it there.
        path.add(new PathSegment(append.key().id(), origin == null ? 1 : shared + 1, shared));
        var conversation = new Conversation(
                append.key(),
                append.user(),
                path,
                shared,
                source == null ? 0 : tokens(source, shared),
                origin == null ? Mode.FULL : origin.mode(),
                from == null ? null : from.source().id(),
                at,
                at);
        if (source == null) {
            return new Past(conversation, List.of(), List.of(), null);
        }
        Brief brief = source.brief() == null || source.brief().coversThrough() > shared ? null : source.brief();
        var tail =
                source.tail().stream().filter(turn -> turn.number() <= shared).toList();
        return new Past(conversation, tail, KeptAnchors.shared(source.anchors(), shared), brief);
    }

    private static Past grown(Past before, Append append) {
        var head = before.conversation();
        int number = head.turns();
        long tokens = head.tokens();
        var tail = new ArrayList<>(before.tail());
        var detected = new ArrayList<Anchor>();
        for (NewTurn turn : append.turns()) {
            number++;
            tokens += turn.tokens();
            tail.add(new Turn(number, turn.message(), turn.at(), turn.tokens()));
            detected.addAll(turn.anchorsAt(number));
        }
        var path = new ArrayList<>(head.path());
        var last = path.removeLast();
        path.add(new PathSegment(last.branch(), last.first(), number));
        var change = KeptAnchors.adding(before.anchors(), detected);
        var anchors = new ArrayList<>(before.anchors());
        anchors.removeAll(change.dropped());
        anchors.addAll(change.added());
        var conversation = new Conversation(
                head.key(),
                head.user(),
                path,
                number,
                tokens,
                append.mode() == null ? head.mode() : append.mode(),
                head.forkedFrom(),
                head.createdAt(),
                append.turns().getLast().at());
        return new Past(conversation, tail, anchors, before.brief());
    }

    /** What the first {@code turns} turns cost, exactly where the tail reaches back to them, else by their share. */
    static long tokens(Past past, int turns) {
        var head = past.conversation();
        if (turns >= head.turns()) {
            return head.tokens();
        }
        if (head.turns() - past.tail().size() <= turns) {
            long after = past.tail().stream()
                    .filter(turn -> turn.number() > turns)
                    .mapToLong(Turn::tokens)
                    .sum();
            return head.tokens() - after;
        }
        return head.tokens() * turns / head.turns();
    }
}
