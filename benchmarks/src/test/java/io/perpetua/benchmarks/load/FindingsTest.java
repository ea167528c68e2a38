package io.perpetua.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingsTest {

    @ParameterizedTest
    @CsvSource({
        "3, AT_MOST, 3, true",
        "4, AT_MOST, 3, false",
        "3, UNDER, 3, false",
        "2.9, UNDER, 3, true",
        "0, EXACTLY, 0, true",
        "1, EXACTLY, 0, false",
        "1, AT_LEAST, 1, true",
        "0, AT_LEAST, 1, false",
        "NaN, AT_MOST, 3, false",
        "NaN, UNDER, NaN, false",
        "NaN, EXACTLY, 0, false",
        "NaN, AT_LEAST, 1, false"
    })
    void target_aFigure_isJudged(double found, Relation relation, double limit, boolean reached) {
        var findings = new Findings("scenario");
        findings.target("first", 1, Relation.EXACTLY, 1);
        findings.target("second", found, relation, limit);
        assertThat(findings.targets()).extracting(Target::reached).containsExactly(true, reached);
        assertThat(findings.kept()).isEqualTo(reached);
    }

    @Test
    void toString_everything_isThere() {
        var findings = new Findings("scenario");
        findings.table("load").row("one", Map.of("requests", 7));
        findings.fact("codes", "none");
        findings.target("most at once", 207, Relation.AT_MOST, 50);
        findings.target("wait, ms", Double.NaN, Relation.UNDER, 0.5);
        assertThat(findings.toString())
                .contains("| load | requests |", "| one  |        7 |", "codes: none")
                .contains("| most at once        |   207 |     ≤ 50 |  MISSED |")
                .contains("| wait, ms            |     - | < 0.5000 |  MISSED |");
        assertThat(findings.document())
                .containsEntry("load", Map.of("one", Map.of("requests", 7)))
                .containsEntry("codes", "none")
                .hasEntrySatisfying(
                        "targets",
                        targets -> assertThat(targets.toString())
                                .contains("what=most at once, found=207.0, target=≤ 50, reached=false"));
    }
}
