package io.perpetua.application.brief;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.conversation.RecordContract;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import org.junit.jupiter.api.Test;

/** What every {@link Briefs} owes its callers. */
public abstract class BriefsContract extends RecordContract {

    private final Brief two = new Brief("They said \"a\" and 🅱.", 2, 9);
    private final Brief three = new Brief("They said the alphabet.", 3, 7);

    @Test
    void find_noneMade_isNull() {
        say(key, "a");

        assertThat(briefs().find(key)).isNull();
        assertThat(briefs().find(key("none"))).isNull();
    }

    @Test
    void replace_first_isKept() {
        say(key, "a", "b", "c");

        assertThat(briefs().replace(key, 0, two)).isTrue();
        assertThat(briefs().find(key)).isEqualTo(two);
    }

    @Test
    void replace_whatItBuildsUpon_isKept() {
        say(key, "a", "b", "c");
        briefs().replace(key, 0, two);

        assertThat(briefs().replace(key, 2, three)).isTrue();
        assertThat(briefs().find(key)).isEqualTo(three);
    }

    @Test
    void replace_somethingElseWasKept_changesNothing() {
        say(key, "a", "b", "c");
        briefs().replace(key, 0, two);

        assertThat(briefs().replace(key, 0, three)).isFalse();
        assertThat(briefs().replace(key, 1, three)).isFalse();
        assertThat(briefs().find(key)).isEqualTo(two);
    }

    @Test
    void replace_turnsThatAreNotThere_changesNothing() {
        assertThat(briefs().replace(key, 0, two)).isFalse();

        say(key, "a");
        assertThat(briefs().replace(key, 0, two)).isFalse();
        assertThat(briefs().find(key)).isNull();
    }

    @Test
    void find_sameIdInOtherScope_isAnotherConversation() {
        var other = new ConversationKey(new Scope(scope.tenant(), "other"), key.id());
        say(key, "a", "b");
        say(other, "a", "b");
        briefs().replace(key, 0, two);

        assertThat(briefs().find(other)).isNull();
    }
}
