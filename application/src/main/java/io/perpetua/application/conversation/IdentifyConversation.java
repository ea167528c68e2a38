package io.perpetua.application.conversation;

import io.perpetua.application.conversation.Conversations.Recognised;
import io.perpetua.domain.conversation.Continuation;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Fingerprint;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.ToolCall;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/*
 * Whose conversation is it, and what of it is new? Histories form a tree: each message is a node under what was said
 * before it, conversations are paths from the root.
 *
 * Without a name, the longest stored path that begins the sent history, and holds at least one answer, is the past. If
 * a conversation ends there, the request goes on with it; otherwise the history was edited, and the request forks off.
 * A history without any answer never joins a conversation: the same first words do not make the same conversation. Equal
 * calls of tools have other ids from run to run: a past that ends among the reports of some has to be that of these.
 *
 * With a name, the conversation is the named one as long as what was sent fits its end: the newest message alone, the
 * whole history, or the last part of it. A history that leads to a fork of the named conversation goes on there, and
 * one that leads nowhere known forks off the named conversation where the two part.
 */
/** Use case: find a request's place in the tree of conversations. Reads only. Safe for concurrent use. */
public final class IdentifyConversation {

    /** Latest turns that are read along: as many as most requests send, or compare with. */
    private static final int TAIL = 96;

    private final Conversations conversations;
    private final Supplier<String> ids;

    /**
     * Looks in {@code conversations}.
     *
     * @param ids gives a new conversation's id, never the same twice
     */
    public IdentifyConversation(Conversations conversations, Supplier<String> ids) {
        this.conversations = conversations;
        this.ids = ids;
    }

    /**
     * The place of a request.
     *
     * @param id what the client calls the conversation, null if it does not
     * @param sent the client's messages without its instructions, not empty
     */
    public Dialogue identify(Scope scope, @Nullable String user, @Nullable String id, List<Message> sent) {
        if (id != null) {
            return named(new ConversationKey(scope, id), user, sent);
        }
        Recognised recognised = recognise(scope, user, sent);
        return recognised == null ? fresh(newKey(scope), false, user, sent) : goOn(recognised, user, sent);
    }

    private Dialogue named(ConversationKey key, @Nullable String user, List<Message> sent) {
        Past read = conversations.past(key, Math.max(sent.size(), TAIL));
        if (read == null) {
            return fresh(key, true, user, sent);
        }
        Conversation conversation = read.conversation();
        String owner = conversation.user(); // whoever asks: its history, and that of its forks, is rooted there
        int known = Continuation.known(end(read, sent.size()), sent);
        if (known > 0 || sent.stream().noneMatch(IdentifyConversation::isAnswer)) {
            return new Dialogue(key, true, owner, conversation, conversation.turns(), rest(sent, known), read);
        }
        Recognised recognised = recognise(key.scope(), owner, sent);
        if (recognised != null && descends(recognised.conversation(), key)) {
            return goOn(recognised, owner, sent);
        }
        return new Dialogue(newKey(key.scope()), false, owner, conversation, 0, sent, read);
    }

    private Dialogue goOn(Recognised recognised, @Nullable String user, List<Message> sent) {
        Past read = conversations.past(recognised.conversation().key(), TAIL);
        int known = recognised.messages();
        if (read != null && read.conversation().turns() < known) {
            read = null; // erased meanwhile, and begun anew
        }
        Conversation conversation = read == null ? recognised.conversation() : read.conversation();
        boolean endsThere = conversation.turns() == known;
        ConversationKey key =
                endsThere ? conversation.key() : newKey(conversation.key().scope());
        return new Dialogue(key, false, user, conversation, known, rest(sent, known), read);
    }

    private @Nullable Recognised recognise(Scope scope, @Nullable String user, List<Message> sent) {
        int firstAnswer = 0;
        var histories = new ArrayList<Fingerprint>(sent.size());
        var history = Fingerprint.root(scope, user);
        for (Message message : sent) {
            history = history.then(message);
            histories.add(history);
            if (firstAnswer == 0 && isAnswer(message)) {
                firstAnswer = histories.size();
            }
        }
        return firstAnswer == 0 ? null : recognise(histories, firstAnswer, sent);
    }

    /** The longest past whose last calls are the ones that {@code sent} goes on to report of. */
    private @Nullable Recognised recognise(List<Fingerprint> histories, int firstAnswer, List<Message> sent) {
        int most = histories.size();
        while (most >= firstAnswer) {
            Recognised recognised = conversations.recognise(histories.subList(0, most), firstAnswer);
            int calling = recognised == null ? 0 : calling(sent, recognised.messages());
            if (recognised == null || calling == 0 || madeThere(sent.get(calling - 1), recognised, calling)) {
                return recognised;
            }
            most = most > calling ? calling : calling - 1;
        }
        return null;
    }

    /** Which of the first {@code known} messages, from 1, has made the calls that are reported of after them; 0 for none. */
    private static int calling(List<Message> sent, int known) {
        if (known == sent.size() || sent.get(known).toolCallId() == null) {
            return 0;
        }
        int last = known;
        while (last > 0 && sent.get(last - 1).toolCallId() != null) {
            last--;
        }
        return last;
    }

    /** Whether the turn {@code turn} made the calls of {@code message}: equal calls of another run have other ids. */
    private boolean madeThere(Message message, Recognised recognised, int turn) {
        var stored = conversations.turns(recognised.conversation().key(), List.of(new TurnRange(turn, turn)));
        return stored.stream().anyMatch(each -> callIds(each.message()).equals(callIds(message)));
    }

    private static List<String> callIds(Message message) {
        return message.toolCalls().stream().map(ToolCall::id).toList();
    }

    /** Whether {@code conversation} is the one called {@code ancestor}, or was forked from it, however indirectly. */
    private boolean descends(Conversation conversation, ConversationKey ancestor) {
        Conversation each = conversation;
        while (each != null && !each.key().equals(ancestor)) {
            each = each.forkedFrom() == null
                    ? null
                    : conversations.find(each.key().sibling(each.forkedFrom()));
        }
        return each != null;
    }

    private static List<Message> end(Past read, int turns) {
        var tail = read.tail();
        return tail.subList(Math.max(0, tail.size() - turns), tail.size()).stream()
                .map(Turn::message)
                .toList();
    }

    private ConversationKey newKey(Scope scope) {
        return new ConversationKey(scope, ids.get());
    }

    private static Dialogue fresh(ConversationKey key, boolean named, @Nullable String user, List<Message> sent) {
        return new Dialogue(key, named, user, null, 0, sent);
    }

    private static List<Message> rest(List<Message> sent, int known) {
        return sent.subList(known, sent.size());
    }

    private static boolean isAnswer(Message message) {
        return message.role() == Role.ASSISTANT;
    }
}
