package io.perpetua.application.context;

import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.World;
import io.perpetua.application.chat.MemoryOptions;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.domain.budget.BudgetPolicy;
import io.perpetua.domain.budget.Part;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.mode.Mode;
import io.perpetua.domain.mode.Strategy;
import io.perpetua.domain.strategy.Artifact;
import io.perpetua.domain.strategy.ArtifactHistory;
import io.perpetua.domain.strategy.Artifacts;
import io.perpetua.domain.strategy.Place;
import io.perpetua.domain.tokens.MessageTokens;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every strategy's contexts, whatever was said. */
class StrategyBoundsTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void assemble_anyWork_keepsTheBudgetShowsEachTurnOnceAndNoSupersededVersion(long seed) {
        var random = new SplittableRandom(seed);
        for (Strategy strategy : Strategy.values()) {
            var world = new World();
            world.say("c", Workshop.work(random, random.nextInt(5, 60)));
            keepsWithin(world, strategy, random);
        }
    }

    private static void keepsWithin(World world, Strategy strategy, SplittableRandom random) {
        int total = random.nextInt(BudgetPolicy.SMALLEST, 9_000);
        var budget = BudgetPolicy.DEFAULT.scaledTo(total);
        var past = world.get("c");
        var message = user("What of part " + random.nextInt(9) + " in the harbour?");
        var dialogue = new Dialogue(World.key("c"), true, null, past, past.turns(), List.of(message));
        var mode = random.nextBoolean() ? Mode.BALANCED : Mode.SAFE;

        var context = world.assemble.assemble(
                dialogue, List.of(), 0, new MemoryOptions(true, mode, strategy, null, null, total), 128_000);

        int cost = MessageTokens.REPLY_PRIMING
                + context.messages().stream().mapToInt(world.tokens::of).sum();
        assertThat(cost).isLessThanOrEqualTo(context.tokens().sent());
        assertThat(context.tokens().sent()).isLessThanOrEqualTo(total - budget.completion());
        String last = context.messages().getLast().text();
        assertThat(last).endsWith(message.text());
        var shown = RecalledTurns.in(last);
        assertThat(shown).isSorted().doesNotHaveDuplicates();
        int recent = (int) context.messages().stream()
                .limit(context.messages().size() - 1)
                .filter(each -> !each.role().instructs())
                .count();
        assertThat(shown).allMatch(number -> number <= past.turns() - recent);
        if (strategy != Strategy.CHAT) {
            assertThat(context.tokens().parts().get(Part.RETRIEVED)).isLessThanOrEqualTo(budget.recalled());
        }
        if (strategy == Strategy.UI_BUILDER || strategy == Strategy.CODE_EDITOR) {
            assertNothingSuperseded(world.turns("c"), last);
        }
    }

    private static void assertNothingSuperseded(List<Turn> turns, String section) {
        var history = ArtifactHistory.EMPTY.after(turns);
        for (Turn turn : turns) {
            for (Artifact artifact : Artifacts.in(turn.message())) {
                if (history.supersededAt(new Place(turn.number(), artifact.ordinal())) != null) {
                    assertThat(section).doesNotContain(Workshop.value(turn.number() - 1));
                }
            }
        }
    }
}
