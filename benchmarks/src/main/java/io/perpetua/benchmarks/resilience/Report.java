package io.perpetua.benchmarks.resilience;

import io.perpetua.benchmarks.memory.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of one scenario, and the targets that it has missed. Not safe for concurrent use. */
public final class Report {

    private final String scenario;
    private final Map<String, Map<String, Number>> rows = new LinkedHashMap<>();
    private final List<String> missed = new ArrayList<>();

    /** An empty report. */
    public Report(String scenario) {
        this.scenario = scenario;
    }

    /** Adds a row; all rows of one report have the same columns. */
    public void row(String name, Map<String, Number> figures) {
        rows.put(name, figures);
    }

    /** Notes whether a target was reached. */
    void expect(boolean reached, String target) {
        if (!reached) {
            missed.add(target);
        }
    }

    /** The figures by row. */
    public Map<String, Map<String, Number>> rows() {
        return Collections.unmodifiableMap(rows);
    }

    /** The figures as a document. */
    Map<String, Object> document() {
        var document = new LinkedHashMap<String, Object>(rows);
        document.put("missed", missed);
        return document;
    }

    /** A table, and a line for each target that was missed. */
    @Override
    public String toString() {
        if (rows.isEmpty()) {
            return "";
        }
        var heading = new ArrayList<>(List.of(scenario));
        rows.values().iterator().next().keySet().forEach(name -> heading.add(name.replace('_', ' ')));
        var table = new Table(heading.toArray(String[]::new));
        rows.forEach((name, figures) -> {
            var cells = new ArrayList<>(List.of(name));
            figures.values().forEach(figure -> cells.add(text(figure)));
            table.row(cells);
        });
        var text = new StringBuilder(table.toString());
        missed.forEach(target -> text.append("MISSED: ").append(target).append('\n'));
        return text.toString();
    }

    private static String text(Number figure) {
        if (!(figure instanceof Double number)) {
            return String.format(Locale.ROOT, "%,d", figure.longValue());
        }
        return number.isNaN() ? "-" : String.format(Locale.ROOT, number < 10 ? "%.3f" : "%.1f", number);
    }
}
