package io.perpetua.application.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.Anchor.Origin;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Conversations} owes whoever wants to be forgotten. */
public abstract class ErasureContract extends RecordContract {

    @Test
    void erase_unknownConversation_isFalse() {
        assertThat(conversations().erase(key)).isFalse();
    }

    @Test
    void erase_conversation_leavesNothingOfIt() {
        say(key, "a", "b");
        anchors().pin(key, new Anchor("1", "Answer in French.", null, 0, Origin.PINNED, 0, null, NOON));
        briefs().replace(key, 0, new Brief("They said a.", 1, 5));

        assertThat(conversations().erase(key)).isTrue();

        assertThat(conversations().erase(key)).isFalse();
        assertThat(conversations().find(key)).isNull();
        assertThat(turns(key)).isEmpty();
        assertThat(anchors().of(key)).isEmpty();
        assertThat(briefs().find(key)).isNull();
        assertThat(conversations().list(scope, null, 9).conversations()).isEmpty();
        assertThat(conversations().recognise(histories(scope, null, "a", "b"), 1))
                .isNull();
    }

    @Test
    void erase_conversationWithForks_keepsWhatTheyShare() {
        say(key, "a", "b", "c", "d");
        fork(key, 2, key("fork"), "x");
        fork(key, 1, key("short"), "y");

        conversations().erase(key);

        assertThat(texts(key("fork"))).containsExactly("a", "b", "x");
        assertThat(texts(key("short"))).containsExactly("a", "y");
        assertThat(conversations().find(key("fork")))
                .extracting(Conversation::forkedFrom)
                .isEqualTo("conversation");
    }

    @Test
    void erase_fork_leavesTheOthersWhole() {
        say(key, "a", "b");
        fork(key, 1, key("fork"), "x", "y");
        fork(key("fork"), 2, key("twig"), "z");

        conversations().erase(key("fork"));

        assertThat(texts(key)).containsExactly("a", "b");
        assertThat(texts(key("twig"))).containsExactly("a", "x", "z");
    }

    @Test
    void erase_lastThatSharesTurns_erasesThem() {
        say(key, "a", "b", "c");
        fork(key, 2, key("fork"), "x");
        fork(key, 1, key("short"), "y");
        conversations().erase(key);

        conversations().erase(key("fork"));
        assertThat(conversations().recognise(histories(scope, null, "a", "b"), 2))
                .isNull();

        conversations().erase(key("short"));
        assertThat(conversations().recognise(histories(scope, null, "a"), 1)).isNull();
    }

    @Test
    void append_idOfAnErasedConversation_startsAfresh() {
        say(key, "old a", "old b", "old c");
        fork(key, 2, key("fork"), "x");
        conversations().erase(key);

        var again = say(key, "new");

        assertThat(again.turns()).isEqualTo(1);
        assertThat(again.tokens()).isEqualTo(TOKENS);
        assertThat(texts(key)).containsExactly("new");
        assertThat(texts(key("fork"))).containsExactly("old a", "old b", "x");

        conversations().erase(key("fork"));
        assertThat(texts(key)).containsExactly("new");
    }

    @Test
    void append_idThatLooksLikeAnotherBranch_staysApart() {
        say(key, "old");
        fork(key, 1, key("fork"), "x");
        conversations().erase(key);
        String renamed = say(key, "new").path().getFirst().branch();

        say(key(renamed), "odd");

        assertThat(texts(key(renamed))).containsExactly("odd");
        assertThat(texts(key)).containsExactly("new");
        assertThat(texts(key("fork"))).containsExactly("old", "x");
    }

    @Test
    void erase_sameIdInAnotherScope_stays() {
        var other = new ConversationKey(new Scope(scope.tenant(), "other"), key.id());
        say(key, "a");
        say(other, "a");

        conversations().erase(key);

        assertThat(texts(other)).isEqualTo(List.of("a"));
    }
}
