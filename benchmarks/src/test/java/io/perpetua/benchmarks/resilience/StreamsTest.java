package io.perpetua.benchmarks.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real server between a provider that misbehaves by seed and clients that check every word. */
class StreamsTest {

    private static final int RUNS = 300;
    private static final int AT_ONCE = 16;

    private static final List<Conduct> CONDUCTS = Conduct.all();

    @ParameterizedTest
    @ValueSource(longs = 1)
    void streams_anyMisbehaviour_areWholeOrEndInAnError(long seed) throws Exception {
        try (var rig = new Rig(
                Settings.of(List.of("chaos"), Settings.SHORTLY_OPEN), Script.anyOf(CONDUCTS, seed), List.of("chaos"))) {
            var seen = rig.streams(RUNS, AT_ONCE, prompt -> "chaos/" + ChaosUpstream.MODEL + prompt);

            var calls = rig.upstreamCalls();
            var runs = new StreamRuns(seen, calls);
            assertThat(runs.faults()).isEmpty();
            assertThat(runs.count(Fate.WHOLE) + runs.count(Fate.REFUSED) + runs.count(Fate.BROKEN_OFF))
                    .isEqualTo(RUNS);
            assertThat(runs.unasked()).isZero();
            assertThat(calls).extracting(UpstreamCall::conduct).containsAll(CONDUCTS);
        }
    }
}
