package io.perpetua.adapters.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.World;
import io.perpetua.application.chat.TurnReport.Attempt;
import io.perpetua.application.routing.Offers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page that lists the figures, beside the figures. */
class MetricsPageTest {

    private static final Pattern ROW = Pattern.compile("\\| `([a-z_]+)(?:\\{[a-z_, ]+\\})?` \\|.*", Pattern.DOTALL);
    private static final Pattern TYPE = Pattern.compile("# TYPE ([a-z_]+) .*");

    /** Meters of Micrometer's own, about the process. */
    private static final Set<String> OTHERS = Set.of("jvm", "process", "system");

    @Test
    void page_everyFigure_isThereAndNoOther() throws IOException {
        var world = new World();
        var meters = new Meters();
        var providers = new MeteredProviders(meters);
        var _ = new MeteredFacts(meters);
        var _ = new MeteredVision(meters);
        var _ = new MeteredTurns(meters, providers);
        var _ = new MeteredMemory(meters);
        var _ = new MeteredLimits(meters);
        var _ = new MeteredQueues().chats(meters);
        var circuits = new MeteredCircuits(meters, new Offers(world.offer(world.provider)), world.circuits);
        providers.attempted(List.of(new Attempt("any", "model", "ok", 1)), false);

        var shown = new PrometheusText(meters, List.of(circuits))
                .text()
                .lines()
                .map(TYPE::matcher)
                .filter(match -> match.matches())
                .map(match -> match.group(1))
                .filter(name -> !OTHERS.contains(name.substring(0, name.indexOf('_'))))
                .filter(name -> !name.endsWith("_max"))
                .collect(Collectors.toCollection(TreeSet::new));
        var documented = Files.readAllLines(Path.of("../docs/metrics.md")).stream()
                .map(ROW::matcher)
                .filter(match -> match.matches())
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(shown);
    }
}
