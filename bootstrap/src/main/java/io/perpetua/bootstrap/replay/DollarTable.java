package io.perpetua.bootstrap.replay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What prompts cost under prompt-cache prices, as a table for people and as rows for programs. */
public final class DollarTable {

    private static final String CELLS = "%-28s %7s %13s %15s %10s %9s %10s %9s%n";

    private DollarTable() {}

    /** A table of {@code rows}, with what it is of in front. */
    public static String of(List<PromptDollars.Row> rows) {
        var table = new StringBuilder("Dollars for the prompts of all conversations, under prompt-cache prices:")
                .append(System.lineSeparator());
        table.append(String.format(
                Locale.ROOT,
                CELLS,
                "",
                "cached",
                Way.FULL_HISTORY.title(),
                Way.SLIDING_WINDOW.title(),
                Way.REWRITTEN.title(),
                Way.OURS.title(),
                "ours/full",
                "answers"));
        for (PromptDollars.Row row : rows) {
            table.append(String.format(
                    Locale.ROOT,
                    CELLS,
                    row.cache().id(),
                    percent(row.cache().price().cachedInput()
                            / row.cache().price().input()),
                    dollars(row.bill(Way.FULL_HISTORY).dollars()),
                    dollars(row.bill(Way.SLIDING_WINDOW).dollars()),
                    dollars(row.bill(Way.REWRITTEN).dollars()),
                    dollars(row.bill(Way.OURS).dollars()),
                    percent(row.share()),
                    dollars(row.answers())));
        }
        return table.append(
                        "Sliding window and rewritten send as many tokens as ours in all; the answers cost the same")
                .append(" whichever way.")
                .append(System.lineSeparator())
                .toString();
    }

    /** The same rows, tokens included. */
    public static List<Map<String, Object>> json(List<PromptDollars.Row> rows) {
        return rows.stream().map(DollarTable::json).toList();
    }

    private static Map<String, Object> json(PromptDollars.Row row) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("model", row.cache().id());
        fields.put("answers", row.answers());
        fields.put("ours_of_full", row.share());
        for (Way way : Way.values()) {
            var bill = row.bill(way);
            var prompts = new LinkedHashMap<String, Object>();
            prompts.put("dollars", bill.dollars());
            prompts.put("input", bill.input());
            prompts.put("cached_input", bill.read());
            prompts.put("cache_write", bill.written());
            fields.put(way.title().replace(' ', '_'), prompts);
        }
        return fields;
    }

    private static String dollars(double amount) {
        return String.format(Locale.ROOT, "%,.4f", amount);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }
}
