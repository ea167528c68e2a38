package io.perpetua.benchmarks.conversation;

import io.perpetua.benchmarks.conversation.Fact.Fate;
import io.perpetua.benchmarks.memory.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Results as people and programs read them. */
final class Report {

    private Report() {}

    static String text(Results results) {
        var text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%d exchanges, %,d tokens; messages share %.1f %% of their rows of four words, no two more than %.0f %%.%n",
                results.exchanges(),
                results.tokens(),
                100 * results.overlap().mean(),
                100 * results.overlap().largest()));
        text.append(String.format(
                Locale.ROOT,
                "%d closing questions, each from the same state.%n%n",
                results.outcomes().size()));
        return text.append(facts(results))
                .append('\n')
                .append(similarity(results))
                .append('\n')
                .append(tokens(results))
                .toString();
    }

    private static Table facts(Results results) {
        var table = new Table("required facts, %", "all", "told once", "changed", "settled");
        table.row(row("in the managed context", results, Outcome::inContext));
        table.row(row("  without recall", results, Outcome::withoutRecall));
        table.row(row("  in last turns that cost as much", results, Outcome::inLastTurns));
        table.row(row("in the answer from the managed context", results, Results::inAnswer));
        table.row(row("in the answer from everything", results, Results::inFullAnswer));
        return table.row(row("answer gives the rejected value only", results, Results::mistaken));
    }

    private static List<String> row(String name, Results results, Predicate<Outcome> kept) {
        return List.of(
                name,
                percent(results.share(Results.all(), kept)),
                percent(results.share(Results.of(Fate.TOLD), kept)),
                percent(results.share(Results.of(Fate.CHANGED), kept)),
                percent(results.share(Results.of(Fate.SETTLED), kept)));
    }

    private static Table similarity(Results results) {
        var table = new Table("similarity of answers", "cosine", "token F1");
        table.row(row("managed context to everything", results.likeness()));
        table.row(row("floor: different questions", results.floor()));
        table.row(row("ceiling: everything, asked twice", results.ceiling()));
        return table.row(row("rescaled, floor 0 to ceiling 1", rescaled(results)));
    }

    private static Likeness rescaled(Results results) {
        var measured = results.likeness();
        var floor = results.floor();
        var ceiling = results.ceiling();
        return new Likeness(
                Results.rescaled(measured.cosine(), floor.cosine(), ceiling.cosine()),
                Results.rescaled(measured.f1(), floor.f1(), ceiling.f1()));
    }

    private static List<String> row(String name, Likeness likeness) {
        return List.of(name, decimals(likeness.cosine()), decimals(likeness.f1()));
    }

    private static Table tokens(Results results) {
        long full = results.requests().stream().mapToLong(each -> each.full()).sum();
        long sent = results.requests().stream().mapToLong(each -> each.sent()).sum();
        var table = new Table("tokens", "everything", "sent", "saved, %");
        table.row(List.of(
                "last turn",
                number(results.lastTurn().full()),
                number(results.lastTurn().sent()),
                percent(results.lastTurnSaved())));
        return table.row(
                List.of("all exchanges together", number(full), number(sent), percent(results.cumulativelySaved())));
    }

    /** All figures, and what became of each question. */
    static Map<String, Object> json(Results results) {
        var document = new LinkedHashMap<String, Object>();
        document.put("exchanges", results.exchanges());
        document.put("conversation_tokens", results.tokens());
        document.put("largest_overlap", results.overlap().largest());
        document.put("mean_overlap", results.overlap().mean());
        document.put("facts", results.outcomes().size());
        document.put("facts_in_context", results.share(Results.all(), Outcome::inContext));
        document.put("facts_without_recall", results.share(Results.all(), Outcome::withoutRecall));
        document.put("facts_in_last_turns", results.share(Results.all(), Outcome::inLastTurns));
        document.put("facts_in_answer", results.share(Results.all(), Results::inAnswer));
        document.put("facts_in_full_answer", results.share(Results.all(), Results::inFullAnswer));
        document.put("rejected_value_only", results.share(Results.all(), Results::mistaken));
        document.put("similarity", likeness(results.likeness()));
        document.put("noise_floor", likeness(results.floor()));
        document.put("ceiling", likeness(results.ceiling()));
        document.put("rescaled", likeness(rescaled(results)));
        document.put("last_turn_saved", results.lastTurnSaved());
        document.put("cumulatively_saved", results.cumulativelySaved());
        document.put(
                "questions", results.outcomes().stream().map(Report::question).toList());
        return document;
    }

    private static Map<String, Object> question(Outcome outcome) {
        var question = new LinkedHashMap<String, Object>();
        question.put("fact", outcome.required().name());
        question.put("fate", outcome.required().fate().name().toLowerCase(Locale.ROOT));
        question.put("exchanges", outcome.required().exchanges());
        question.put("question", outcome.required().question());
        question.put("current", outcome.required().current());
        question.put("rejected", outcome.required().rejected());
        question.put("in_context", outcome.inContext());
        question.put("managed", outcome.managed());
        question.put("full", outcome.full());
        question.put("similarity", likeness(outcome.likeness()));
        question.put("full_tokens", outcome.tokens().full());
        question.put("sent_tokens", outcome.tokens().sent());
        return question;
    }

    private static Map<String, Double> likeness(Likeness likeness) {
        return new TreeMap<>(Map.of("cosine", likeness.cosine(), "f1", likeness.f1()));
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    private static String decimals(double number) {
        return String.format(Locale.ROOT, "%.3f", number);
    }

    private static String number(long tokens) {
        return String.format(Locale.ROOT, "%,d", tokens);
    }
}
