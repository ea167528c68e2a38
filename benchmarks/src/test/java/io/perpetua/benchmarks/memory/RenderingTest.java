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
                .panel(new Panel("whole", "tokens", true)
                        .line("words & meaning", Map.of(1000, 0.90, 2000, 0.94, 4000, 0.97))
                        .line("words", Map.of(1000, 0.86, 2000, 0.90)))
                .panel(new Panel("beginning", "% saved", false).line("words", Map.of(70, 0.9)))
                .svg();

        assertThat(svg)
                .startsWith("<svg")
                .endsWith("</svg>\n")
                .contains("Recall &lt;LoCoMo>", "words &amp; meaning", ">4000<", ">80 %<", ">% saved<");
        assertThat(svg.split("<polyline", -1)).hasSize(4);
        assertThat(svg.split("<circle", -1)).hasSize(7);
        assertThat(svg.split(">words<", -1)).as("one legend").hasSize(2);
    }

    @Test
    void panel_lineFarBelow_isSaidAndNotDrawn() {
        String svg = new Panel("whole", "tokens", true)
                .line("words", Map.of(1000, 0.82, 4000, 0.95))
                .line("none", Map.of(1000, 0.04, 4000, 0.2))
                .svg(name -> 0);

        assertThat(svg).contains("below: none 4–20 %", ">80 %<").doesNotContain(">75 %<");
        assertThat(svg.split("<polyline", -1)).hasSize(2);
    }

    @Test
    void panel_everythingLow_isDrawn() {
        String svg = new Panel("whole", "tokens", true)
                .line("none", Map.of(1000, 0.04, 4000, 0.2))
                .svg(name -> 0);

        assertThat(svg).contains("<polyline", ">0 %<").doesNotContain("below");
    }

    @Test
    void panel_nothing_isRefused() {
        var panel = new Panel("empty", "tokens", true);

        assertThatThrownBy(() -> panel.line("none", Map.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
