package io.perpetua.benchmarks.economy;

import io.perpetua.benchmarks.economy.Breakdown.Item;
import io.perpetua.benchmarks.memory.Table;
import io.perpetua.bootstrap.replay.DollarTable;
import io.perpetua.bootstrap.replay.PromptDollars.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of the economy benchmark, for people and for programs. */
final class EconomyReport {

    private EconomyReport() {}

    static String of(List<EconomyRun> runs) {
        var report = new StringBuilder();
        for (EconomyRun run : runs) {
            report.append(title(run)).append('\n');
            int requests = run.sent().size();
            report.append(String.format(
                    Locale.ROOT,
                    "%,d turns; tokens of a request: %,.0f in the second quarter, %,.0f in the last; full history %,d%n%n",
                    run.dollars().lastKey(),
                    run.meanSent(requests / 4, requests / 2),
                    run.meanSent(3 * requests / 4, requests),
                    run.full()));
            report.append(DollarTable.of(run.dollars().lastEntry().getValue())).append('\n');
            report.append(items(run)).append('\n');
        }
        return report.append(shares(runs)).toString();
    }

    private static String title(EconomyRun run) {
        return run.shape().name() + " (" + run.shape().user() + " and "
                + run.shape().assistant() + " tokens a turn), " + limit(run);
    }

    private static String limit(EconomyRun run) {
        var setting = run.setting();
        return (setting.recalled() == null ? "recalled as configured" : "recalled " + setting.recalled())
                + (setting.recent() == null ? "" : ", recent " + setting.recent())
                + (setting.cachedShare() == null ? "" : ", cached at " + setting.cachedShare());
    }

    /** Where our dollars go, in per cent of them. */
    private static Table items(EconomyRun run) {
        var items = new Table(
                "ours, % of its dollars",
                "prefix read", "recent read", "sent cold", "new turns", "recalled", "message");
        var rows = run.dollars().lastEntry().getValue();
        for (int i = 0; i < rows.size(); i++) {
            var cells = new ArrayList<>(List.of(rows.get(i).cache().id()));
            double all = total(run.items().get(i));
            for (Item item : Item.values()) {
                cells.add(percent(run.items().get(i).getOrDefault(item, 0.0) / all));
            }
            items.row(cells);
        }
        return items;
    }

    /** Ours as a share of a full history's dollars, by turns and by what may be recalled. */
    private static String shares(List<EconomyRun> runs) {
        var report = new StringBuilder();
        for (int turns : runs.getFirst().dollars().keySet()) {
            var heading = new ArrayList<>(List.of("ours/full, % at " + turns + " turns"));
            runs.getFirst()
                    .dollars()
                    .lastEntry()
                    .getValue()
                    .forEach(row -> heading.add(row.cache().model()));
            var table = new Table(heading.toArray(String[]::new));
            for (EconomyRun run : runs) {
                var cells = new ArrayList<>(List.of(run.shape().name() + ", " + limit(run)));
                for (Row row : run.dollars().getOrDefault(turns, List.of())) {
                    cells.add(percent(row.share()));
                }
                table.row(cells);
            }
            report.append(table).append('\n');
        }
        return report.toString();
    }

    static Map<String, Object> json(List<EconomyRun> runs) {
        var document = new LinkedHashMap<String, Object>();
        document.put("runs", runs.stream().map(EconomyReport::json).toList());
        return document;
    }

    private static Map<String, Object> json(EconomyRun run) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("shape", run.shape().name());
        fields.put("recalled_tokens", run.setting().recalled());
        fields.put("recent_tokens", run.setting().recent());
        fields.put("cached_share", run.setting().cachedShare());
        var byTurns = new LinkedHashMap<String, Object>();
        run.dollars().forEach((turns, rows) -> byTurns.put(turns.toString(), DollarTable.json(rows)));
        fields.put("dollars_at_turns", byTurns);
        var items = new LinkedHashMap<String, Object>();
        var rows = run.dollars().lastEntry().getValue();
        for (int i = 0; i < rows.size(); i++) {
            var parts = new LinkedHashMap<String, Object>();
            for (Item item : Item.values()) {
                parts.put(
                        item.name().toLowerCase(Locale.ROOT), run.items().get(i).getOrDefault(item, 0.0));
            }
            items.put(rows.get(i).cache().id(), parts);
        }
        fields.put("ours_by_item", items);
        fields.put("sent", run.sent());
        return fields;
    }

    private static double total(Map<Item, Double> items) {
        return items.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f", 100 * share);
    }
}
