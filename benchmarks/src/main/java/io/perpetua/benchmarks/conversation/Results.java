package io.perpetua.benchmarks.conversation;

import io.perpetua.benchmarks.conversation.Fact.Fate;
import io.perpetua.domain.context.TokenReport;
import java.util.List;
import java.util.function.Predicate;

/**
 * The figures of one conversation.
 *
 * @param exchanges how many were gone through
 * @param tokens what the conversation costs, by the ledger's count
 * @param overlap how much the messages repeat each other
 * @param outcomes of the closing questions, each asked of the same state
 * @param floor mean likeness of the answers to different questions, from the whole conversation
 * @param requests accounts of the requests of the exchanges, in order
 * @param lastTurn the account of the turn after the exchanges, which was asked and remembered
 */
record Results(
        int exchanges,
        long tokens,
        Overlap overlap,
        List<Outcome> outcomes,
        Likeness floor,
        List<TokenReport> requests,
        TokenReport lastTurn) {

    /** Share of the outcomes for which {@code kept} holds, among those for which {@code of} does; NaN where none does. */
    double share(Predicate<Outcome> of, Predicate<Outcome> kept) {
        var counted = outcomes.stream().filter(of).toList();
        return counted.isEmpty()
                ? Double.NaN
                : (double) counted.stream().filter(kept).count() / counted.size();
    }

    static Predicate<Outcome> all() {
        return _ -> true;
    }

    static Predicate<Outcome> of(Fate fate) {
        return outcome -> outcome.required().fate() == fate;
    }

    static boolean inAnswer(Outcome outcome) {
        return outcome.required().answeredBy(outcome.managed());
    }

    static boolean inFullAnswer(Outcome outcome) {
        return outcome.required().answeredBy(outcome.full());
    }

    static boolean mistaken(Outcome outcome) {
        return outcome.required().mistakenBy(outcome.managed());
    }

    /** Mean likeness of the answers from the managed context to those from the whole conversation. */
    Likeness likeness() {
        return Likeness.mean(outcomes.stream().map(Outcome::likeness).toList());
    }

    /** Mean likeness of two answers to the same question from the whole conversation. */
    Likeness ceiling() {
        return Likeness.mean(outcomes.stream().map(Outcome::again).toList());
    }

    /** Where {@code value} lies between floor and ceiling: 0 is as unlike as other answers, 1 as like as the same again. */
    static double rescaled(double value, double floor, double ceiling) {
        return (value - floor) / (ceiling - floor);
    }

    /** Share of the tokens that the last turn saved, in [0, 1]. */
    double lastTurnSaved() {
        return saved(List.of(lastTurn));
    }

    /** Share of the tokens that all exchanges together saved, in [0, 1]. */
    double cumulativelySaved() {
        return saved(requests);
    }

    private static double saved(List<TokenReport> requests) {
        long full = requests.stream().mapToLong(TokenReport::full).sum();
        long sent = requests.stream().mapToLong(TokenReport::sent).sum();
        return 1 - (double) sent / full;
    }
}
