package io.perpetua.benchmarks.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RenderingTest {

    @Test
    void table_cells_areAligned() {
        var table = new Table("method", "1k").row(List.of("words", "81.9")).row(List.of("all of it", "100.0"));

        assertThat(table).hasToString("""
                | method    |    1k |
                |-----------|------:|
                | words     |  81.9 |
                | all of it | 100.0 |
                """);
    }

    @Test
    void table_missingCell_isRefused() {
        var table = new Table("method", "1k");

        assertThatThrownBy(() -> table.row(List.of("words"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void chart_lines_areDrawnAndNamed() {
        String svg = new Chart("Recall <LoCoMo>")
                .line("words & meaning", Map.of(1000, 0.90, 2000, 0.94, 4000, 0.97))
                .line("words", Map.of(1000, 0.86, 2000, 0.90))
                .svg();

        assertThat(svg)
                .startsWith("<svg")
                .endsWith("</svg>\n")
                .contains("Recall &lt;LoCoMo>", "words &amp; meaning", ">4000<", ">80 %<");
        assertThat(svg.split("<polyline", -1)).hasSize(3);
        assertThat(svg.split("<circle", -1)).hasSize(6);
    }

    @Test
    void chart_nothing_isRefused() {
        var chart = new Chart("empty");

        assertThatThrownBy(() -> chart.line("none", Map.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
