package io.perpetua.application.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.Recognised;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link Conversations} owes a client that sends its history instead of a name. */
public abstract class RecognitionContract extends RecordContract {

    @Test
    void recognise_noneHoldsIt_isNull() {
        say(key, "a", "b");

        assertThat(recognise(1, "x", "b")).isNull();
        assertThat(recognise(1, "b")).isNull();
        assertThat(recognise(1)).isNull();
    }

    @Test
    void recognise_historyThatGoesOn_isTheConversationThatHoldsMostOfIt() {
        say(key, "a", "b", "c");
        say(key("other"), "a", "b");

        assertThat(recognise(1, "a", "b", "c", "new")).isEqualTo(found(key, 3));
        assertThat(recognise(1, "a", "b", "new")).isEqualTo(found(key("other"), 2));
    }

    @Test
    void recognise_fewerThanAtLeast_isNull() {
        say(key, "a", "b");

        assertThat(recognise(2, "a", "b", "c")).isEqualTo(found(key, 2));
        assertThat(recognise(3, "a", "b", "c")).isNull();
        assertThat(recognise(9, "a", "b")).isNull();
    }

    @Test
    void recognise_severalHoldIt_theOneThatEndsThereThenTheOneThatGrewLast() {
        say(key("ends"), "a", "b");
        say(key("longer"), "a", "b", "c");
        assertThat(recognise(1, "a", "b")).isEqualTo(found(key("ends"), 2));

        say(key("also ends"), "a", "b");
        assertThat(recognise(1, "a", "b")).isEqualTo(found(key("also ends"), 2));

        say(key("longer"), "d");
        say(key("also ends"), "e");
        say(key("ends"), "f");
        assertThat(recognise(1, "a", "b")).isEqualTo(found(key("ends"), 2));
    }

    @Test
    void recognise_forks_continueTheChainOfWhatTheyShare() {
        say(key, "a", "b", "c");
        fork(key, 2, key("fork"), "x", "y");
        fork(key("fork"), 3, key("twig"), "z");

        assertThat(recognise(1, "a", "b", "x", "y", "new")).isEqualTo(found(key("fork"), 4));
        assertThat(recognise(1, "a", "b", "x", "z")).isEqualTo(found(key("twig"), 4));
        assertThat(recognise(1, "a", "b", "c")).isEqualTo(found(key, 3));
        assertThat(recognise(1, "a", "b")).isEqualTo(found(key("twig"), 2));
    }

    @Test
    void recognise_afterTheForkPoint_isNotTheFork() {
        say(key, "a", "b", "c");
        fork(key, 1, key("fork"), "x");

        assertThat(recognise(1, "a", "b")).isEqualTo(found(key, 2));
    }

    @Test
    void recognise_turnsThatOnlyAForkHasLeft_isTheFork() {
        say(key, "a", "b", "c");
        fork(key, 2, key("fork"), "x");

        conversations().erase(key);

        assertThat(recognise(1, "a", "b", "c")).isEqualTo(found(key("fork"), 2));
    }

    @Test
    void recognise_otherScopeOrUser_isNull() {
        stored(new Append(
                key, "ann", null, 0, newTurns("a"), null, UUID.randomUUID().toString()));

        var otherScope = new Scope(scope.tenant(), "other");
        assertThat(conversations().recognise(histories(scope, "ann", "a"), 1)).isEqualTo(found(key, 1));
        assertThat(conversations().recognise(histories(scope, "bob", "a"), 1)).isNull();
        assertThat(conversations().recognise(histories(scope, null, "a"), 1)).isNull();
        assertThat(conversations().recognise(histories(otherScope, "ann", "a"), 1))
                .isNull();
    }

    @Test
    void recognise_forkAtNothing_startsAChainOfItsOwnUser() {
        stored(new Append(
                key, "ann", null, 0, newTurns("a"), null, UUID.randomUUID().toString()));
        var fork = new Append(
                key("fork"),
                "bob",
                new Conversations.Fork(key, 0),
                0,
                newTurns("x"),
                null,
                UUID.randomUUID().toString());
        stored(fork);

        assertThat(conversations().recognise(histories(scope, "bob", "x"), 1)).isEqualTo(found(key("fork"), 1));
    }

    @Test
    void recognise_aThousandMessages_findsTheBeginning() {
        String[] all = IntStream.range(0, 1000).mapToObj(i -> "message " + i).toArray(String[]::new);
        say(key, Arrays.copyOf(all, 7));

        assertThat(recognise(1, all)).isEqualTo(found(key, 7));

        say(key, Arrays.copyOfRange(all, 7, 999));
        assertThat(recognise(1, all)).isEqualTo(found(key, 999));
    }

    private @Nullable Recognised recognise(int atLeast, String... texts) {
        return conversations().recognise(histories(scope, null, texts), atLeast);
    }

    private Recognised found(ConversationKey key, int messages) {
        var conversation = conversations().find(key);
        if (conversation == null) {
            throw new AssertionError("no conversation " + key);
        }
        return new Recognised(conversation, messages);
    }
}
