package io.perpetua.application.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.routing.StandingStore.Learnt;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.Outcome;
import io.perpetua.domain.routing.Rung;
import io.perpetua.domain.routing.Standings;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnStandingsTest {

    private static final double FORGETTING = 0.1;
    private static final Intent INTENT = Intent.CODING_HELP;
    private static final List<Intent> INTENTS = List.of(Intent.values());
    private static final Rung MINI = Rung.of("openai/mini");
    private static final Rung FLASH = Rung.of("gemini/flash");
    private static final Outcome ANSWERED = new Outcome(true, 1, 0.01);
    private static final Outcome FAILED = new Outcome(false, 10, 0);

    private final InMemoryStandings store = new InMemoryStandings();
    private final LearnStandings learning = new LearnStandings(store, FORGETTING);

    @Test
    void of_nothingLearnt_isNone() {
        assertThat(learning.of(INTENT)).isEqualTo(Standings.NONE);
    }

    @Test
    void learn_beforeAnyExchange_countsHereAtOnce() {
        learning.learn(new Learnt(INTENT, MINI, ANSWERED));

        assertThat(learning.of(INTENT)).isEqualTo(Standings.NONE.with(MINI, ANSWERED, FORGETTING));
        assertThat(learning.of(Intent.SOCIAL_CHAT)).isEqualTo(Standings.NONE);
        assertThat(store.load()).isEmpty();
    }

    @Test
    void exchange_again_tellsNothingTwice() {
        learning.learn(new Learnt(INTENT, MINI, ANSWERED));

        learning.exchange();
        learning.exchange();

        assertThat(store.load()).isEqualTo(Map.of(INTENT, Standings.NONE.with(MINI, ANSWERED, FORGETTING)));
        assertThat(learning.of(INTENT)).isEqualTo(store.load().get(INTENT));
    }

    @Test
    void exchange_othersHaveLearnt_knowsThatToo() {
        var other = new LearnStandings(store, FORGETTING);
        other.learn(new Learnt(INTENT, FLASH, FAILED));
        other.exchange();
        learning.learn(new Learnt(INTENT, MINI, ANSWERED));

        learning.exchange();

        assertThat(learning.of(INTENT))
                .isEqualTo(Standings.NONE.with(FLASH, FAILED, FORGETTING).with(MINI, ANSWERED, FORGETTING));
    }

    @Test
    void exchange_storeIsAway_keepsEverythingForTheNextTime() {
        learning.learn(new Learnt(INTENT, MINI, ANSWERED));
        store.away(true);
        assertThatThrownBy(learning::exchange).isInstanceOf(StoreUnavailable.class);
        learning.learn(new Learnt(INTENT, MINI, FAILED));
        assertThatThrownBy(learning::exchange).isInstanceOf(StoreUnavailable.class);
        var expected = Standings.NONE.with(MINI, ANSWERED, FORGETTING).with(MINI, FAILED, FORGETTING);
        assertThat(learning.of(INTENT)).isEqualTo(expected);

        store.away(false);
        learning.exchange();

        assertThat(store.load()).isEqualTo(Map.of(INTENT, expected));
        assertThat(learning.dropped()).isZero();
    }

    @Test
    void exchange_learntWhileTheStoreAnswers_isKnownAndToldNext() {
        var meanwhile = new Learnt(INTENT, FLASH, FAILED);
        var interrupting = new LearnsMeanwhile(store, meanwhile);
        var learner = new LearnStandings(interrupting, FORGETTING);
        interrupting.learner = learner;
        learner.learn(new Learnt(INTENT, MINI, ANSWERED));
        var expected = Standings.NONE
                .with(MINI, ANSWERED, FORGETTING)
                .with(FLASH, FAILED, FORGETTING)
                .with(FLASH, FAILED, FORGETTING);

        learner.exchange();

        assertThat(learner.of(INTENT)).isEqualTo(expected);
        interrupting.learner = null;
        learner.exchange();
        assertThat(store.load()).isEqualTo(Map.of(INTENT, expected));
    }

    @Test
    void learn_storeStaysAway_dropsTheOldestAndCountsThem() {
        store.away(true);
        learning.learn(new Learnt(Intent.SOCIAL_CHAT, MINI, FAILED));
        for (int i = 0; i < LearnStandings.MOST_WAITING; i++) {
            learning.learn(new Learnt(INTENT, MINI, ANSWERED));
        }
        assertThatThrownBy(learning::exchange).isInstanceOf(StoreUnavailable.class);
        assertThat(learning.dropped()).isEqualTo(1);
        learning.learn(new Learnt(INTENT, MINI, ANSWERED));

        store.away(false);
        learning.exchange();

        assertThat(learning.dropped()).isEqualTo(2);
        assertThat(store.load()).containsOnlyKeys(INTENT);
        assertThat(learning.of(INTENT).outcomes()).isEqualTo(LearnStandings.MOST_WAITING);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void exchange_manyLearnAtOnceAndTheStoreComesAndGoes_losesNothingAndAllAgree(long seed) {
        var learners = List.of(learning, new LearnStandings(store, FORGETTING));
        var unavailable = new AtomicInteger();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 8; thread++) {
                var random = new SplittableRandom(seed * 8 + thread);
                executor.execute(() -> {
                    for (int i = 0; i < 200; i++) {
                        var learner = learners.get(random.nextInt(2));
                        learner.learn(learnt(random));
                        if (random.nextInt(10) == 0) {
                            store.away(random.nextInt(3) == 0);
                            exchange(learner, unavailable);
                        }
                    }
                });
            }
        }
        store.away(false);
        learners.forEach(LearnStandings::exchange);
        learners.forEach(LearnStandings::exchange);

        assertThat(unavailable).hasPositiveValue();
        assertThat(total(learning)).isEqualTo(8 * 200);
        for (Intent intent : INTENTS) {
            assertThat(learners.get(1).of(intent)).isEqualTo(learning.of(intent));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1.1, Double.NaN})
    void learnStandings_forgettingThatIsNoShare_isRefused(double forgetting) {
        assertThatIllegalArgumentException().isThrownBy(() -> new LearnStandings(store, forgetting));
    }

    private static void exchange(LearnStandings learner, AtomicInteger unavailable) {
        try {
            learner.exchange();
        } catch (StoreUnavailable e) {
            unavailable.incrementAndGet();
        }
    }

    private static long total(LearnStandings learner) {
        return INTENTS.stream()
                .mapToLong(intent -> learner.of(intent).outcomes())
                .sum();
    }

    private static Learnt learnt(SplittableRandom random) {
        return new Learnt(
                INTENTS.get(random.nextInt(INTENTS.size())),
                random.nextBoolean() ? MINI : FLASH,
                new Outcome(random.nextBoolean(), random.nextDouble(30), random.nextDouble(0.01)));
    }
}
