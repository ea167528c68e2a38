package io.perpetua.bootstrap.replay;

import io.perpetua.domain.mode.Mode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Replayed conversations as a table for people and as a document for programs. */
final class ReplayTable {

    private ReplayTable() {}

    static String of(List<ReplaySummary> summaries, int budget) {
        var table = new StringBuilder();
        row(
                table,
                "conversation",
                "turns",
                "requests",
                "full",
                "sent",
                "saved",
                "largest",
                "mean sent",
                "slope",
                "mode");
        row(table, "", "", "", "tokens", "tokens", "", "tokens", "past full", "tok/turn", "full/balanced/safe");
        for (ReplaySummary each : summaries) {
            row(
                    table,
                    shortened(each.name()),
                    number(each.turns()),
                    number(each.requests()),
                    number(each.full()),
                    number(each.sent()),
                    percent(each.saved()),
                    number(each.largest()),
                    number(Math.round(each.meanAfterFull())),
                    String.format(Locale.ROOT, "%+.2f", each.slope()),
                    each.in(Mode.FULL) + "/" + each.in(Mode.BALANCED) + "/" + each.in(Mode.SAFE));
        }
        long full = summaries.stream().mapToLong(ReplaySummary::full).sum();
        long sent = summaries.stream().mapToLong(ReplaySummary::sent).sum();
        row(
                table,
                "together",
                number(summaries.stream().mapToInt(ReplaySummary::turns).sum()),
                number(summaries.stream().mapToInt(ReplaySummary::requests).sum()),
                number(full),
                number(sent),
                percent(saved(full, sent)),
                number(summaries.stream().mapToInt(ReplaySummary::largest).max().orElse(0)),
                "",
                "",
                "");
        for (ReplaySummary each : summaries) {
            if (each.refused() > 0) {
                table.append(String.format(
                        Locale.ROOT,
                        "refused: %,d %s larger than the model's window (%s)%n",
                        each.refused(),
                        each.refused() == 1 ? "request" : "requests",
                        each.name()));
            }
        }
        boolean refused = summaries.stream().anyMatch(each -> each.refused() > 0);
        String every = refused ? "very other request" : "very request";
        boolean within = summaries.stream().allMatch(ReplaySummary::withinBudget);
        table.append(within ? "E" : "NOT e")
                .append(every)
                .append(" is within the budget of ")
                .append(number(budget))
                .append(" tokens, the completion included.")
                .append(System.lineSeparator())
                .append(System.lineSeparator());
        return table.append(DollarTable.of(together(summaries))).toString();
    }

    private static List<PromptDollars.Row> together(List<ReplaySummary> summaries) {
        return PromptDollars.sum(summaries.stream().map(ReplaySummary::dollars).toList());
    }

    static Map<String, Object> json(List<ReplaySummary> summaries, int budget) {
        long full = summaries.stream().mapToLong(ReplaySummary::full).sum();
        long sent = summaries.stream().mapToLong(ReplaySummary::sent).sum();
        var document = new LinkedHashMap<String, Object>();
        document.put("budget", budget);
        document.put("full", full);
        document.put("sent", sent);
        document.put("saved", saved(full, sent));
        document.put(
                "refused", summaries.stream().mapToInt(ReplaySummary::refused).sum());
        document.put("within_budget", summaries.stream().allMatch(ReplaySummary::withinBudget));
        document.put("dollars", DollarTable.json(together(summaries)));
        document.put("conversations", summaries.stream().map(ReplayTable::json).toList());
        return document;
    }

    private static Map<String, Object> json(ReplaySummary summary) {
        var row = new LinkedHashMap<String, Object>();
        row.put("conversation", summary.name());
        row.put("turns", summary.turns());
        row.put("requests", summary.requests());
        row.put("refused", summary.refused());
        row.put("full", summary.full());
        row.put("sent", summary.sent());
        row.put("saved", summary.saved());
        row.put("largest", summary.largest());
        row.put("mean_sent_past_full", summary.meanAfterFull());
        row.put("slope_tokens_per_turn", summary.slope());
        for (Mode mode : Mode.values()) {
            row.put("requests_" + mode.wire(), summary.in(mode));
        }
        row.put("dollars", DollarTable.json(summary.dollars()));
        return row;
    }

    private static double saved(long full, long sent) {
        return full == 0 ? 0 : 1 - (double) sent / full;
    }

    private static void row(StringBuilder table, Object... cells) {
        table.append(String.format(Locale.ROOT, "%-16s %6s %9s %11s %10s %6s %8s %9s %8s  %s%n", cells));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }

    private static String shortened(String name) {
        return name.length() <= 16 ? name : name.substring(0, 15) + "…";
    }
}
