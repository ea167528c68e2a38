package io.perpetua.application.spool;

import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.Fork;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.application.conversation.Conversations.Outcome.Moved;
import io.perpetua.application.spool.Spool.Line;
import io.perpetua.application.spool.Spool.Waiting;
import io.perpetua.domain.conversation.Continuation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/*
 * Others may have gone on with a conversation while turns of it waited here. What was to follow on its end, and only there,
 * becomes a fork, as it would have at once; and what waits because it followed on that goes along. What follows wherever
 * the conversation has got to may be there already, in part or whole, since a client that sends its history again has told
 * another instance: then what is there is not added twice.
 */
/** Where appends go that find the store otherwise than when they were made. Safe for concurrent use. */
final class Detours {

    /** Turns that a past is compared by, at the least. */
    private static final int TAIL = 96;

    private final Conversations store;
    private final Spool spool;
    private final Supplier<String> ids;

    /**
     * Looks into {@code store}.
     *
     * @param ids gives a new conversation's id, never the same twice
     */
    Detours(Conversations store, Spool spool, Supplier<String> ids) {
        this.store = store;
        this.spool = spool;
        this.ids = ids;
    }

    /** What of an append is not there yet, null for nothing. */
    @Nullable
    Append missing(Waiting waiting) {
        var append = waiting.append();
        if (append.expectedTurns() != Append.WHATEVER || append.from() != null) {
            return append;
        }
        int known = waiting.line().blind() ? known(append) : 0;
        if (known == 0) {
            known = inPlace(append, waiting.line().first());
        }
        if (known == 0) {
            return append;
        }
        var turns = append.turns();
        return known == turns.size()
                ? null
                : new Append(
                        append.key(),
                        append.user(),
                        null,
                        Append.WHATEVER,
                        turns.subList(known, turns.size()),
                        append.mode(),
                        append.request());
    }

    /** How many of the turns a request would have been told to repeat, had the conversation been known. */
    private int known(Append append) {
        var past = store.past(append.key(), Math.max(TAIL, append.turns().size()));
        if (past == null || past.tail().isEmpty()) {
            return 0;
        }
        var messages = append.turns().stream().map(NewTurn::message).toList();
        boolean answered = append.mode() != null && messages.getLast().role() == Role.ASSISTANT;
        var sent = answered ? messages.subList(0, messages.size() - 1) : messages;
        return Continuation.known(messages(past.tail()), sent);
    }

    /**
     * How many of the turns the conversation has in the place that they were told: all, or of a history that was sent
     * again, as many as there are.
     */
    private int inPlace(Append append, int first) {
        var told = append.turns().stream().map(NewTurn::message).toList();
        var there = first == 0 ? null : store.find(append.key());
        if (there == null || there.turns() < first) {
            return 0;
        }
        int last = first + told.size() - 1;
        var turns = messages(store.turns(append.key(), List.of(new TurnRange(first, last))));
        int same = 0;
        while (same < turns.size() && Continuation.same(turns.subList(same, same + 1), told.subList(same, same + 1))) {
            same++;
        }
        return same == told.size() || append.mode() == null ? same : 0;
    }

    private static List<Message> messages(List<Turn> turns) {
        return turns.stream().map(Turn::message).toList();
    }

    /** Where {@code waiting} goes, and with it what follows on it. */
    List<Waiting> of(Waiting waiting, Moved moved) {
        var append = waiting.append();
        boolean gone = moved.conversation() == null;
        var key = append.key();
        var other = gone && append.from() != null ? key : key.sibling(ids.get());
        String request = UUID.randomUUID().toString();
        var elsewhere = gone ? append.alone(other, request) : append.branchedOff(other, request);
        int shift = gone
                ? Math.max(
                        append.from() == null
                                ? append.expectedTurns()
                                : append.from().turns(),
                        0)
                : 0;
        int first = waiting.line().first();
        var all = new ArrayList<Waiting>();
        all.add(waiting.with(elsewhere, moved(waiting.line(), shift)));
        if (first > 0) {
            spool.of(key).stream()
                    .filter(each ->
                            each.number() > waiting.number() && each.append().expectedTurns() >= first)
                    .filter(each -> each.line().first() > 0)
                    .forEach(each ->
                            all.add(each.with(following(each.append(), other, shift), moved(each.line(), shift))));
            spool.branchingOff(key).stream()
                    .filter(each -> each.number() > waiting.number())
                    .filter(each ->
                            each.append().from() != null && each.append().from().turns() >= first)
                    .forEach(each ->
                            all.add(each.with(branching(each.append(), other, shift), moved(each.line(), shift))));
        }
        return all;
    }

    private static Line moved(Line line, int shift) {
        return line.first() == 0 ? line : new Line(line.first() - shift, line.blind());
    }

    private static Append following(Append append, ConversationKey other, int shift) {
        return new Append(
                other,
                append.user(),
                null,
                append.expectedTurns() - shift,
                append.turns(),
                append.mode(),
                append.request());
    }

    private static Append branching(Append append, ConversationKey other, int shift) {
        var from = append.from();
        return new Append(
                append.key(),
                append.user(),
                from == null ? null : new Fork(other, from.turns() - shift),
                append.expectedTurns(),
                append.turns(),
                append.mode(),
                append.request());
    }
}
