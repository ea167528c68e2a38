package io.perpetua.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveHeapTest {

    private static final String HISTOGRAM = """
            4711:
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:         10032        1500000  [B (java.base@25.0.3)
               2:          9000         216000  java.lang.String (java.base@25.0.3)
               3:             4           9000  [Ljdk.internal.vm.FillerElement; (java.base@25.0.3)
               4:             3             48  io.perpetua.Some
            Total         19039        1725048
            """;

    @Test
    void parse_aHistogram_hasClassesAndTheirSumWithoutFillers() {
        var heap = LiveHeap.parse(HISTOGRAM);
        assertThat(heap.bytes()).isEqualTo(1_716_048);
        assertThat(heap.mb()).isEqualTo(1.716048);
        assertThat(heap.byClass())
                .isEqualTo(Map.of("[B", 1_500_000L, "java.lang.String", 216_000L, "io.perpetua.Some", 48L));
    }

    @Test
    void parse_noHistogram_isUnknown() {
        assertThat(LiveHeap.parse("4711: No such process").mb()).isNaN();
    }

    @Test
    void grown_someClasses_areThereByHowMuch() {
        var earlier = new LiveHeap(0, Map.of("a", 10L, "b", 10L, "c", 10L));
        var later = new LiveHeap(0, Map.of("a", 15L, "b", 9L, "c", 40L, "d", 7L));
        assertThat(later.grown(earlier)).containsExactly(Map.entry("c", 30L), Map.entry("d", 7L), Map.entry("a", 5L));
    }
}
