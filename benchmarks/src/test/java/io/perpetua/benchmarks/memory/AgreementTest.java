package io.perpetua.benchmarks.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perpetua.benchmarks.memory.Recording.Asked;
import io.perpetua.benchmarks.memory.Recording.Line;
import io.perpetua.domain.conversation.Role;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AgreementTest {

    private static final Asked ONE = new Asked("one?", "a", Set.of(1));
    private static final Asked TWO = new Asked("two?", "a", Set.of(2));
    private static final DataSet SET = new DataSet(
            "made up",
            List.of(new Recording(
                    "c", Collections.nCopies(3, new Line(Role.USER, null, "said", null)), List.of(ONE, TWO))),
            Set.of());

    @Test
    void overlap_isTheShareFoundByBoth() {
        var agreement =
                agreement(Map.of(ONE, List.of(1, 2), TWO, List.of()), Map.of(ONE, List.of(2, 3), TWO, List.of()));

        assertThat(agreement.overlap(1)).isCloseTo(0.5, within(1e-9));
        assertThat(agreement.overlap(2)).isCloseTo(0.75, within(1e-9));
        assertThat(agreement.sameContexts()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void text_tellsTheRecallOfEach() {
        var agreement = agreement(Map.of(ONE, List.of(1), TWO, List.of(2)), Map.of(ONE, List.of(1), TWO, List.of(3)));

        assertThat(agreement.toString()).contains("a double stood for Qdrant", "lucene", "1.0000", "qdrant", "0.5000");
        assertThat(agreement.document()).containsEntry("questions", 2).containsEntry("qdrant", "a double");
    }

    private static Agreement agreement(Map<Asked, List<Integer>> lucene, Map<Asked, List<Integer>> qdrant) {
        return new Agreement(SET, new Answers(lucene, lucene), new Answers(qdrant, qdrant), "a double");
    }
}
