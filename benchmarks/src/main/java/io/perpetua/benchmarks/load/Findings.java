package io.perpetua.benchmarks.load;

import io.perpetua.benchmarks.memory.Table;
import io.perpetua.benchmarks.resilience.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one scenario came to: tables of figures, and a verdict on each of its targets. Not safe for concurrent use. */
public final class Findings {

    private final String scenario;
    private final Map<String, Report> tables = new LinkedHashMap<>();
    private final Map<String, Object> facts = new LinkedHashMap<>();
    private final List<Target> targets = new ArrayList<>();

    /** Nothing yet. */
    public Findings(String scenario) {
        this.scenario = scenario;
    }

    /** The table of that name, a new one if there is none yet. */
    public Report table(String name) {
        return tables.computeIfAbsent(name, Report::new);
    }

    /** Notes what fits into no table. */
    public void fact(String name, Object value) {
        facts.put(name, value);
    }

    /** Judges one figure. */
    public void target(String what, Number found, Relation relation, Number limit) {
        targets.add(new Target(what, found.doubleValue(), relation, limit.doubleValue()));
    }

    List<Target> targets() {
        return List.copyOf(targets);
    }

    /** Whether everything was reached that was to be. */
    public boolean kept() {
        return targets.stream().allMatch(Target::reached);
    }

    public Map<String, Object> document() {
        var document = new LinkedHashMap<String, Object>();
        tables.forEach((name, table) -> document.put(name, table.rows()));
        document.putAll(facts);
        document.put("targets", targets.stream().map(Target::document).toList());
        return document;
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        tables.values().forEach(table -> text.append(table).append('\n'));
        facts.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        text.append('\n');
        var verdicts = new Table("targets of " + scenario, "found", "target", "verdict");
        targets.forEach(each -> verdicts.row(List.of(each.what(), each.measured(), each.wanted(), each.verdict())));
        return text.append(verdicts).toString();
    }
}
