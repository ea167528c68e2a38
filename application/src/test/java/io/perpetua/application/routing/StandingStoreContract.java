package io.perpetua.application.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.routing.StandingStore.Learnt;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.Outcome;
import io.perpetua.domain.routing.Rung;
import io.perpetua.domain.routing.Standings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link StandingStore} owes those who learn. */
public abstract class StandingStoreContract {

    private static final double FORGETTING = 0.1;
    private static final List<Intent> INTENTS = List.of(Intent.values());
    private static final List<Rung> RUNGS =
            List.of(Rung.of("openai/mini"), Rung.of("router/maker/model:free"), Rung.of("zürich/模型 🚀"));

    /** A store of which this test has all; each call may give another instance over the same. Empty at first. */
    protected abstract StandingStore store();

    /** From now on there is no room for a thousand rungs, or there is again. */
    protected abstract void full(boolean is);

    @Test
    void load_nothingLearnt_isEmpty() {
        assertThat(store().load()).isEmpty();

        store().learn(List.of(), FORGETTING);

        assertThat(store().load()).isEmpty();
    }

    @Test
    void load_oneLearnt_isThatOfItsIntentAlone() {
        var outcome = new Outcome(true, 0.1 + 0.2, 1e-7 / 3);

        store().learn(List.of(new Learnt(Intent.REASONING_MATH, RUNGS.get(1), outcome)), FORGETTING);

        assertThat(store().load())
                .isEqualTo(Map.of(Intent.REASONING_MATH, Standings.NONE.with(RUNGS.get(1), outcome, FORGETTING)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void learn_inAnyPortions_isTheirFoldToTheLastDigit(long seed) {
        var random = new SplittableRandom(seed);
        var outcomes = IntStream.range(0, 300).mapToObj(i -> learnt(random)).toList();

        for (int from = 0; from < outcomes.size(); ) {
            int to = Math.min(outcomes.size(), from + 1 + random.nextInt(60));
            store().learn(outcomes.subList(from, to), FORGETTING);
            from = to;
        }

        assertThat(store().load()).isEqualTo(folded(outcomes));
    }

    @Test
    void learn_noRoomLeft_learnsNothingOfIt() {
        store().learn(List.of(learnt(Intent.SOCIAL_CHAT, RUNGS.get(0))), FORGETTING);
        var before = store().load();
        full(true);

        assertThatThrownBy(() -> store().learn(rungs(0, 1_000), FORGETTING))
                .isInstanceOfSatisfying(
                        StoreUnavailable.class, e -> assertThat(e.full()).isTrue());

        assertThat(store().load()).isEqualTo(before);
        full(false);
        store().learn(rungs(0, 1_000), FORGETTING);
        assertThat(store().load()).containsKeys(Intent.SOCIAL_CHAT, Intent.CODING_HELP);
    }

    @Test
    void learn_byManyAtOnce_losesNothing() {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int learner = 0; learner < 8; learner++) {
                long seed = learner;
                executor.execute(() -> {
                    var random = new SplittableRandom(seed);
                    var own = store();
                    for (int i = 0; i < 20; i++) {
                        own.learn(List.of(learnt(random), learnt(random), learnt(random)), FORGETTING);
                    }
                });
            }
        }

        assertThat(store().load().values().stream()
                        .mapToLong(Standings::outcomes)
                        .sum())
                .isEqualTo(8 * 20 * 3);
    }

    @Test
    void learn_moreRungsThanAreKept_keepsThoseSeenLast() {
        store().learn(rungs(0, 900), FORGETTING);
        store().learn(rungs(0, 10), FORGETTING);
        store().learn(rungs(900, 1_200), FORGETTING);

        var standings = store().load().get(Intent.CODING_HELP);

        assertThat(standings).isNotNull();
        assertThat(standings.outcomes()).isEqualTo(1_210);
        assertThat(standings.byRung())
                .hasSize(StandingStore.MOST_RUNGS)
                .containsKeys(rung(0), rung(9), rung(210), rung(1_199))
                .doesNotContainKeys(rung(10), rung(209));
    }

    private static Map<Intent, Standings> folded(List<Learnt> outcomes) {
        var folded = new EnumMap<Intent, Standings>(Intent.class);
        for (Learnt learnt : outcomes) {
            var before = folded.getOrDefault(learnt.intent(), Standings.NONE);
            folded.put(learnt.intent(), before.with(learnt.rung(), learnt.outcome(), FORGETTING));
        }
        return folded;
    }

    private static Learnt learnt(SplittableRandom random) {
        return new Learnt(
                INTENTS.get(random.nextInt(INTENTS.size())),
                RUNGS.get(random.nextInt(RUNGS.size())),
                new Outcome(random.nextBoolean(), random.nextDouble(30), random.nextDouble(0.01)));
    }

    private static Learnt learnt(Intent intent, Rung rung) {
        return new Learnt(intent, rung, new Outcome(true, 1, 0.5));
    }

    private static List<Learnt> rungs(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> learnt(Intent.CODING_HELP, rung(i)))
                .toList();
    }

    private static Rung rung(int number) {
        return new Rung("provider", "a model with a rather long name ".repeat(8) + number);
    }
}
