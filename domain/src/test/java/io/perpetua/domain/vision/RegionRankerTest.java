package io.perpetua.domain.vision;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.vision.RegionRanker.Ranked;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegionRankerTest {

    private static final float NONE = Float.NaN;

    private static final List<RegionId> REGIONS =
            List.of(new RegionId("a", 1, 0), new RegionId("a", 1, 1), new RegionId("a", 2, 0), new RegionId("b", 2, 0));

    private static List<RegionId> best(RegionSignals signals, int most) {
        return RegionRanker.best(signals, most).stream().map(Ranked::id).toList();
    }

    @Test
    void best_wordsAlone_countsThemOfTheRegionFirstAndThenOfItsPage() {
        var words = new RegionWords(REGIONS, new int[] {10, 10, 10, 10});
        words.add("valve", new int[] {1, 0, 1, 1}, 1);
        words.add("boiler", new int[] {0, 3, 0, 0}, 1);
        var signals = words.with(new float[] {NONE, NONE, NONE, NONE});

        assertThat(best(signals, 9)).containsExactly(REGIONS.get(1), REGIONS.get(0), REGIONS.get(2), REGIONS.get(3));
        assertThat(best(signals, 2)).hasSize(2);
        assertThat(RegionRanker.best(signals, 9).get(1).terms()).containsExactly("valve");
    }

    @Test
    void best_meaning_findsWhatHasNoWord() {
        var words = new RegionWords(REGIONS, new int[] {10, 10, 10, 10});
        words.add("valve", new int[] {1, 0, 0, 0}, 1);

        assertThat(best(words.with(new float[] {0.1f, 0.2f, 0.9f, NONE}), 9))
                .startsWith(REGIONS.get(0), REGIONS.get(2))
                .doesNotContain(REGIONS.get(3));
    }

    @Test
    void best_nothingSpeaksForIt_isLeftOut() {
        var words = new RegionWords(REGIONS, new int[] {0, 0, 0, 0});

        assertThat(best(words.with(new float[] {NONE, -0.1f, 0, NONE}), 9)).isEmpty();
    }

    @Test
    void filter_passesWhatItNames() {
        var filter = new RegionFilter(Set.of("a"), Set.of(RegionType.CODE), 2, 3);

        assertThat(filter.passes("a", 2, RegionType.CODE)).isTrue();
        assertThat(filter.passes("b", 2, RegionType.CODE)).isFalse();
        assertThat(filter.passes("a", 1, RegionType.CODE)).isFalse();
        assertThat(filter.passes("a", 4, RegionType.CODE)).isFalse();
        assertThat(filter.passes("a", 3, RegionType.TEXT)).isFalse();
        assertThat(RegionFilter.ALL.passes("b", 1_000_000, RegionType.TEXT)).isTrue();
    }
}
