package io.perpetua.domain.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.domain.usage.Prompt.Piece;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedPromptCacheTest {

    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final PromptCache EXACT = new PromptCache(1, 1, 1, KEPT, false);
    private static final PromptCache STEPS = new PromptCache(1, 1_024, 128, KEPT, false);
    private static final PromptCache MARKED = new PromptCache(1, 1_024, 1, KEPT, true);

    private Instant now = Instant.EPOCH;

    @Test
    void send_longerEachTime_readsAllThatWasSentBefore() {
        var cache = cache(EXACT);
        assertThat(cache.send(prompt(0, "a".repeat(30), "bb"), now).cachedInput())
                .isZero();
        assertThat(cache.send(prompt(0, "a".repeat(30), "bb", "ccc"), now).cachedInput())
                .isEqualTo(32);
    }

    @Test
    void send_pieceThatDiffers_readsItsBeginning() {
        var cache = cache(EXACT);
        cache.send(prompt(0, "aaaa", "bbbbxx", "cc"), now);
        assertThat(cache.send(prompt(0, "aaaa", "bbbbyyyy", "cc"), now).cachedInput())
                .isEqualTo(8);
        assertThat(cache.send(prompt(0, "zaaa", "bbbbxx", "cc"), now).cachedInput())
                .isZero();
    }

    @Test
    void send_belowTheMinimum_readsNothing_andBeyondItInSteps() {
        var cache = cache(STEPS);
        cache.send(prompt(0, "a".repeat(1_023)), now);
        assertThat(cache.send(prompt(0, "a".repeat(1_023), "b"), now).cachedInput())
                .isZero();
        assertThat(cache.send(prompt(0, "a".repeat(1_023), "b", "c"), now).cachedInput())
                .isEqualTo(1_024);
        cache.send(prompt(0, "a".repeat(1_023), "b", "c".repeat(127)), now);
        assertThat(cache.send(prompt(0, "a".repeat(1_023), "b", "c".repeat(127)), now)
                        .cachedInput())
                .isEqualTo(1_024);
        cache.send(prompt(0, "a".repeat(1_023), "b", "c".repeat(128)), now);
        assertThat(cache.send(prompt(0, "a".repeat(1_023), "b", "c".repeat(128)), now)
                        .cachedInput())
                .isEqualTo(1_152);
    }

    @Test
    void send_shorterPromptThanTheLeast_readsNothing_longerOnesAnyBeginning() {
        var cache = cache(new PromptCache(100, 1, 1, KEPT, false));
        cache.send(prompt(0, "a".repeat(98)), now);
        assertThat(cache.send(prompt(0, "a".repeat(98), "b"), now).cachedInput())
                .isZero();
        assertThat(cache.send(prompt(0, "a".repeat(98), "cc"), now).cachedInput())
                .isEqualTo(98);
    }

    @Test
    void send_atTheEndOfItsTime_isForgotten_andAUseRenews() {
        var cache = cache(EXACT);
        cache.send(prompt(0, "aaaa"), now);
        assertThat(cache.send(prompt(0, "aaaa"), now.plus(KEPT).minusNanos(1)).cachedInput())
                .isEqualTo(4);
        assertThat(cache.send(prompt(0, "aaaa"), now.plus(KEPT).plusSeconds(1)).cachedInput())
                .isEqualTo(4);
        assertThat(cache.send(prompt(0, "aaaa"), now.plus(KEPT.multipliedBy(2)).plusSeconds(1))
                        .cachedInput())
                .isZero();
    }

    @Test
    void send_marked_writesUpToTheMarkOnce_andReadsWholeMarkedBeginningsOnly() {
        var cache = cache(MARKED);
        var first = cache.send(prompt(2, "a".repeat(1_000), "b".repeat(100), "x"), now);
        assertThat(first).isEqualTo(usage(1_101, 0, 1_100));
        var grown = cache.send(prompt(3, "a".repeat(1_000), "b".repeat(100), "c".repeat(50), "y"), now);
        assertThat(grown).isEqualTo(usage(1_151, 1_100, 50));
        var other = cache.send(prompt(2, "a".repeat(1_000), "d".repeat(100), "y"), now);
        assertThat(other).isEqualTo(usage(1_101, 0, 1_100));
    }

    @Test
    void send_markedBelowTheMinimum_orNotMarked_isBilledFresh() {
        var cache = cache(MARKED);
        for (int i = 0; i < 2; i++) {
            assertThat(cache.send(prompt(1, "a".repeat(1_023), "b".repeat(9_000)), now))
                    .isEqualTo(usage(10_023, 0, 0));
            assertThat(cache.send(prompt(0, "a".repeat(5_000)), now)).isEqualTo(usage(5_000, 0, 0));
        }
    }

    @Test
    void send_markedBeginningUsedInTime_staysWhileAnotherIsForgotten() {
        var cache = cache(MARKED);
        String system = "a".repeat(2_000);
        cache.send(prompt(1, system), now);
        cache.send(prompt(2, system, "b".repeat(20)), now.plusSeconds(200));
        assertThat(cache.send(prompt(2, system, "c".repeat(20)), now.plusSeconds(400)))
                .isEqualTo(usage(2_020, 2_000, 20));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void send_anything_isBilledOnce_andReadsNoMoreThanWasSentBefore(long seed) {
        var random = new SplittableRandom(seed);
        for (PromptCache rules : List.of(EXACT, STEPS, MARKED, new PromptCache(1, 64, 64, KEPT, false))) {
            var cache = cache(rules);
            long before = 0;
            var pieces = new ArrayList<String>();
            for (int request = 0; request < 40; request++) {
                now = now.plusSeconds(random.nextInt(400));
                change(pieces, random);
                var prompt = prompt(random.nextInt(pieces.size() + 1), pieces.toArray(String[]::new));
                var usage = cache.send(prompt, now);
                assertThat(usage.input()).isEqualTo(prompt.tokens());
                assertThat(usage.cachedInput() + usage.cacheWrite()).isBetween(0, usage.input());
                assertThat((long) usage.cachedInput()).isLessThanOrEqualTo(before);
                assertThat(usage.cachedInput() % rules.granularity()).isZero();
                assertThat(usage.cachedInput())
                        .satisfiesAnyOf(
                                read -> assertThat(read).isZero(),
                                read -> assertThat(read).isGreaterThanOrEqualTo(rules.minimum()));
                before = Math.max(before, usage.input());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void send_appendOnlyInTime_readsAllButWhatIsNew(long seed) {
        var random = new SplittableRandom(seed);
        for (boolean marked : List.of(false, true)) {
            var cache = cache(new PromptCache(1, 1, 1, KEPT, marked));
            var pieces = new ArrayList<String>();
            int before = 0;
            for (int request = 0; request < 50; request++) {
                pieces.add(word(random));
                pieces.add(word(random));
                now = now.plusSeconds(random.nextInt(300));
                var usage = cache.send(prompt(pieces.size(), pieces.toArray(String[]::new)), now);
                assertThat(usage.cachedInput()).isEqualTo(before);
                before = usage.input();
            }
        }
    }

    @Test
    void make_valuesOutOfRange_isRefused() {
        assertThatThrownBy(() -> new PromptCache(0, 1, 1, KEPT, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PromptCache(1, 0, 1, KEPT, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PromptCache(1, 1, 0, KEPT, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PromptCache(1, 1, 1, Duration.ZERO, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> prompt(2, "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Piece("a", -1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void change(List<String> pieces, SplittableRandom random) {
        if (random.nextInt(4) == 0) {
            pieces.subList(random.nextInt(pieces.size() + 1), pieces.size()).clear();
        }
        if (random.nextInt(8) == 0 && !pieces.isEmpty()) {
            pieces.set(random.nextInt(pieces.size()), word(random));
        }
        pieces.add(word(random));
    }

    private static String word(SplittableRandom random) {
        return "ab".repeat(random.nextInt(100)) + "cd".repeat(1 + random.nextInt(100));
    }

    private static SimulatedPromptCache cache(PromptCache rules) {
        return new SimulatedPromptCache(rules, String::length);
    }

    /** A prompt of pieces that cost a token a character. */
    private static Prompt prompt(int marked, String... texts) {
        var pieces = new ArrayList<Piece>();
        for (String text : texts) {
            pieces.add(new Piece(text, text.length()));
        }
        return new Prompt(pieces, marked, 0);
    }

    private static Usage usage(int input, int read, int written) {
        return new Usage(input, read, written, 0, 0, Usage.Source.ESTIMATED);
    }
}
