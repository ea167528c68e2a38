package io.perpetua.application.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Statistics.Totals;
import io.perpetua.domain.mode.Mode;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link Statistics} owes whoever runs the server. */
public abstract class StatisticsContract extends RecordContract {

    protected abstract Statistics statistics();

    @Test
    void totals_ofConversations_riseAndFallWithThem() {
        Totals before = statistics().totals();
        say(key, "a", "b", "c");
        say(key, "d");
        fork(key, 2, key("fork"), "x");
        switchTo(Mode.SAFE, "e");

        assertChange(before, 2, 8, 1, 1);

        switchTo(Mode.BALANCED, "f");
        assertChange(before, 2, 9, 1, 0);

        conversations().erase(key);
        assertChange(before, 1, 3, 1, 0);

        conversations().erase(key("fork"));
        assertThat(statistics().totals()).isEqualTo(before);
    }

    @Test
    void totals_averages_areThoseOfAConversation() {
        say(key, "a", "b", "c");

        var totals = statistics().totals();

        assertThat(totals.turnsEach()).isEqualTo((double) totals.turns() / totals.conversations());
        assertThat(totals.tokensEach()).isEqualTo((double) totals.tokens() / totals.conversations());
        assertThat(totals.in(Mode.FULL) + totals.in(Mode.BALANCED) + totals.in(Mode.SAFE))
                .isEqualTo(totals.conversations());
    }

    private void switchTo(Mode mode, String text) {
        stored(new Append(
                key,
                null,
                null,
                Append.WHATEVER,
                newTurns(text),
                mode,
                UUID.randomUUID().toString()));
    }

    private void assertChange(Totals before, long conversations, long turns, long full, long safe) {
        var now = statistics().totals();
        assertThat(now.conversations() - before.conversations()).isEqualTo(conversations);
        assertThat(now.turns() - before.turns()).isEqualTo(turns);
        assertThat(now.tokens() - before.tokens()).isEqualTo(turns * TOKENS);
        assertThat(now.in(Mode.FULL) - before.in(Mode.FULL)).isEqualTo(full);
        assertThat(now.in(Mode.SAFE) - before.in(Mode.SAFE)).isEqualTo(safe);
    }
}
