package io.perpetua.application.conversation;

import io.perpetua.application.brief.Briefs;
import io.perpetua.application.cache.AnswerCache;
import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.Fork;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.application.conversation.Conversations.Outcome;
import io.perpetua.application.memory.Anchors;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Fingerprint;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.memory.AnchorDetector.Detected;
import io.perpetua.domain.memory.KeptAnchors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the contracts of one store's ports have in common. Subclass each contract once per store; it need not be empty,
 * since every test has a scope of its own.
 */
public abstract class RecordContract {

    protected static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123Z");
    protected static final int TOKENS = 10;

    protected final Scope scope = new Scope("tenant-" + UUID.randomUUID(), "default");
    protected final ConversationKey key = key("conversation");

    /** The ports of the store under test; every call within a test gives the same contents. */
    protected abstract Stores stores();

    protected final Conversations conversations() {
        return stores().conversations();
    }

    protected final Outbox outbox() {
        return stores().outbox();
    }

    protected final Anchors anchors() {
        return stores().anchors();
    }

    protected final Briefs briefs() {
        return stores().briefs();
    }

    protected final AnswerCache answers() {
        return stores().answers();
    }

    protected final ConversationKey key(String id) {
        return new ConversationKey(scope, id);
    }

    protected static Message message(String text) {
        return new Message(Role.USER, text, null, List.of(), null, List.of(), "{\"content\":\"" + text + "\"}");
    }

    /** Turns of {@value #TOKENS} tokens each. */
    protected static List<NewTurn> newTurns(String... texts) {
        return Arrays.stream(texts)
                .map(text -> new NewTurn(message(text), NOON, TOKENS, List.of()))
                .toList();
    }

    /** Adds to the conversation's end, wherever that is. */
    protected final Conversation say(ConversationKey key, String... texts) {
        return stored(new Append(
                key,
                null,
                null,
                Append.WHATEVER,
                newTurns(texts),
                null,
                UUID.randomUUID().toString()));
    }

    /** Adds a turn in which something was detected, a minute after noon. */
    protected final Conversation detect(ConversationKey key, Detected... anchors) {
        var turn = new NewTurn(message("x"), NOON.plusSeconds(60), TOKENS, List.of(anchors));
        return stored(new Append(
                key,
                null,
                null,
                Append.WHATEVER,
                List.of(turn),
                null,
                UUID.randomUUID().toString()));
    }

    /** What holds in a conversation, the oldest first. */
    protected final List<String> standing(ConversationKey key) {
        return KeptAnchors.standing(anchors().of(key), Integer.MAX_VALUE).stream()
                .map(standing -> standing.anchor().text())
                .toList();
    }

    protected final Conversation fork(ConversationKey source, int turns, ConversationKey key, String... texts) {
        return stored(new Append(
                key,
                null,
                new Fork(source, turns),
                0,
                newTurns(texts),
                null,
                UUID.randomUUID().toString()));
    }

    protected final Conversation stored(Append append) {
        return switch (conversations().append(append)) {
            case Outcome.Appended appended -> appended.conversation();
            case Outcome.Moved moved -> throw new AssertionError("unexpected " + moved);
            case Outcome.Erased erased -> throw new AssertionError("unexpected " + erased);
        };
    }

    /** What the conversation calls the branch that it writes. */
    protected final String branch(ConversationKey key) {
        var conversation = conversations().find(key);
        if (conversation == null) {
            throw new AssertionError("no conversation " + key);
        }
        return conversation.path().getLast().branch();
    }

    protected final List<Turn> turns(ConversationKey key) {
        return conversations().turns(key, List.of(new TurnRange(1, Integer.MAX_VALUE)));
    }

    protected final List<String> texts(ConversationKey key) {
        return turns(key).stream().map(turn -> turn.message().text()).toList();
    }

    /** The fingerprints of a history's beginnings. */
    protected static List<Fingerprint> histories(Scope scope, @Nullable String user, String... texts) {
        List<Fingerprint> histories = new ArrayList<>();
        Fingerprint last = Fingerprint.root(scope, user);
        for (String text : texts) {
            last = last.then(message(text));
            histories.add(last);
        }
        return histories;
    }
}
