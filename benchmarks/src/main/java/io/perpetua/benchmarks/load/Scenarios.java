package io.perpetua.benchmarks.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.bootstrap.Complaint;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Runs those scenarios of a benchmark that are wanted, and tells what each has found. */
public final class Scenarios {

    private final Map<String, Callable<Findings>> wanted = new LinkedHashMap<>();

    /**
     * Some of {@code scenarios}.
     *
     * @param only the names of those that are wanted, none for all
     * @throws Complaint when there is none of that name
     */
    public Scenarios(Map<String, Callable<Findings>> scenarios, List<String> only) {
        for (String name : only) {
            if (!scenarios.containsKey(name)) {
                throw new Complaint("--scenario: there is no scenario " + name + ".");
            }
        }
        scenarios.forEach((name, scenario) -> {
            if (only.isEmpty() || only.contains(name)) {
                wanted.put(name, scenario);
            }
        });
    }

    /**
     * Runs them, one after the other.
     *
     * @param out where the figures are written as JSON, too; null for nowhere
     * @return 0 if all targets were reached, else 1
     */
    public int run(@Nullable Path out) throws Exception {
        var figures = new LinkedHashMap<String, Object>();
        boolean kept = true;
        for (var scenario : wanted.entrySet()) {
            var findings = scenario.getValue().call();
            System.out.println(findings);
            figures.put(scenario.getKey(), findings.document());
            kept &= findings.kept();
        }
        if (out != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(out.toFile(), figures);
        }
        return kept ? 0 : 1;
    }
}
