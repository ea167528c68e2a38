package io.perpetua.application.journal;

import io.perpetua.domain.journal.Figures;
import io.perpetua.domain.journal.Figures.OfProvider;
import io.perpetua.domain.journal.RollUp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A roll-up as a page in Markdown, its charts drawn in characters. */
public final class RollUpPage {

    private static final int WIDTH = 40;
    private static final int MOST = 12;
    private static final double PERCENT = 100;

    private final RollUp rollUp;
    private final StringBuilder page = new StringBuilder();

    private RollUpPage(RollUp rollUp) {
        this.rollUp = rollUp;
    }

    /** The page. */
    public static String of(RollUp rollUp) {
        return new RollUpPage(rollUp).page();
    }

    private String page() {
        var week = rollUp.week();
        var now = rollUp.figures();
        line("# Week " + week.name());
        line("");
        line("From " + week.from() + " to " + week.to() + ", "
                + (rollUp.tenant().equals(RollUp.ALL) ? "all tenants" : "tenant `" + rollUp.tenant() + "`") + ".");
        line("");
        summary(now, rollUp.before());
        chart("Turns by intent", counts(now.intents(), intent -> intent.wire()));
        chart("Cost by tenant, dollars", now.costByTenant());
        chart("Reasons of fallbacks", counts(now.fallbackReasons(), reason -> reason));
        chart("Errors", counts(now.errors(), error -> error));
        providers(now, rollUp.before());
        return page.toString();
    }

    private void summary(Figures now, Figures before) {
        line("| | this week | week before | change |");
        line("|---|---:|---:|---:|");
        row("turns", (double) now.turns(), (double) before.turns(), 0, "");
        row("answered", (double) now.answered(), (double) before.answered(), 0, "");
        row("p50, ms", number(now.p50Ms()), number(before.p50Ms()), 0, "");
        row("p95, ms", number(now.p95Ms()), number(before.p95Ms()), 0, "");
        row("cost, $", now.costUsd(), before.costUsd(), 4, "");
        row("cost a turn, $", now.costPerTurnUsd(), before.costPerTurnUsd(), 6, "");
        row("turns of unknown price", (double) now.unpriced(), (double) before.unpriced(), 0, "");
        row("cache hits", percent(now.cacheHitRate()), percent(before.cacheHitRate()), 1, " %");
        row("fallbacks", percent(now.fallbackRate()), percent(before.fallbackRate()), 1, " %");
        row("errors", percent(now.errorRate()), percent(before.errorRate()), 1, " %");
        row("tokens saved", (double) now.savedTokens(), (double) before.savedTokens(), 0, "");
        row("dollars saved, at least", now.savedUsd(), before.savedUsd(), 4, "");
        line("");
    }

    private void providers(Figures now, Figures before) {
        if (now.providers().isEmpty()) {
            return;
        }
        line("## Providers");
        line("");
        line("| provider | answered | failures | p95, ms | change of p95 | cost, $ |");
        line("|---|---:|---:|---:|---:|---:|");
        for (var each : new TreeMap<>(now.providers()).entrySet()) {
            String name = each.getKey();
            var provider = each.getValue();
            var last = before.providers().get(name);
            var p95 = provider.p95Ms();
            line("| " + cell(name) + " | " + provider.answered() + " | " + provider.failures() + " | "
                    + text(number(p95), 0, "") + " | " + change(number(p95), last(last), 0, "") + " | "
                    + text(provider.costUsd(), 4, "") + " |");
        }
        line("");
    }

    private static @Nullable Double last(@Nullable OfProvider provider) {
        return provider == null ? null : number(provider.p95Ms());
    }

    private void row(String name, @Nullable Double now, @Nullable Double before, int digits, String unit) {
        line("| " + name + " | " + text(now, digits, unit) + " | " + text(before, digits, unit) + " | "
                + change(now, before, digits, unit) + " |");
    }

    private void chart(String title, Map<String, Double> values) {
        if (values.isEmpty()) {
            return;
        }
        List<Map.Entry<String, Double>> shown = new ArrayList<>(values.entrySet());
        shown.sort(Map.Entry.<String, Double>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()));
        shown = shown.subList(0, Math.min(MOST, shown.size()));
        double most = shown.getFirst().getValue();
        int widest = shown.stream()
                .map(each -> each.getKey().length())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        line("## " + title);
        line("");
        line("```text");
        for (var each : shown) {
            int bar = most == 0 ? 0 : (int) Math.round(WIDTH * each.getValue() / most);
            String value = text(each.getValue(), each.getValue() == Math.rint(each.getValue()) ? 0 : 4, "");
            String name = each.getKey().replaceAll("[\\p{Cntrl}`]", " ");
            line(name + " ".repeat(widest - name.length()) + "  " + "█".repeat(bar) + (bar == 0 ? "" : " ") + value);
        }
        line("```");
        line("");
    }

    private static <K> Map<String, Double> counts(Map<K, Long> counts, Function<? super K, String> name) {
        return counts.entrySet().stream()
                .collect(Collectors.toMap(
                        each -> name.apply(each.getKey()),
                        each -> each.getValue().doubleValue()));
    }

    private static @Nullable Double number(@Nullable Long value) {
        return value == null ? null : value.doubleValue();
    }

    private static @Nullable Double percent(@Nullable Double share) {
        return share == null ? null : share * PERCENT;
    }

    private static String text(@Nullable Double value, int digits, String unit) {
        return value == null ? "–" : String.format(Locale.ROOT, "%,." + digits + "f", value) + unit;
    }

    private static String change(@Nullable Double now, @Nullable Double before, int digits, String unit) {
        return now == null || before == null
                ? "–"
                : String.format(Locale.ROOT, "%+,." + digits + "f", now - before) + unit;
    }

    private static String cell(String name) {
        return name.replaceAll("[\\p{Cntrl}|`]", " ");
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
