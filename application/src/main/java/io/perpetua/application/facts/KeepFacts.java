package io.perpetua.application.facts;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.application.facts.Facts.Outcome.Refused;
import io.perpetua.application.facts.Facts.Outcome.Told;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.facts.FactRules;
import io.perpetua.domain.facts.Statement;
import io.perpetua.domain.facts.Superseding.Telling;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Use case: tell facts, and delete them. Safe for concurrent use. */
public final class KeepFacts {

    private static final String BELOW_THRESHOLD = "confidence_below_threshold";

    /** How far clients' clocks may be ahead. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final Facts facts;
    private final FactRules rules;
    private final Supplier<String> ids;
    private final InstantSource clock;

    public KeepFacts(Facts facts, FactRules rules, Supplier<String> ids, InstantSource clock) {
        this.facts = facts;
        this.rules = rules;
        this.ids = ids;
        this.clock = clock;
    }

    /** The time that facts are told at. */
    public Instant now() {
        return clock.instant();
    }

    /** Tells a fact. Refused where its source is less sure than the threshold, or observed it in the future. */
    public Telling add(Scope scope, Statement told) {
        double confidence = told.source().confidence();
        if (confidence < rules.threshold()) {
            throw new RequestRefused(
                    Reason.UNPROCESSABLE,
                    BELOW_THRESHOLD,
                    "confidence",
                    "a confidence of " + confidence + " is below the threshold of " + rules.threshold()
                            + ": the fact was not kept");
        }
        var now = clock.instant();
        if (told.source().observedAt().isAfter(now.plus(SKEW))) {
            throw new RequestRefused(
                    Reason.INVALID, "invalid_value", "observed_at", "'observed_at': expected a time that has come");
        }
        return switch (facts.tell(scope, told, ids.get(), now, rules)) {
            case Told(var telling) -> telling;
            case Refused.FULL ->
                throw new RequestRefused(
                        Reason.CONFLICT,
                        "too_many_facts",
                        null,
                        "the namespace has " + rules.most() + " facts, and no more are kept: delete some first");
        };
    }

    public Fact get(Scope scope, String id) {
        Fact found = facts.find(scope, id);
        if (found == null) {
            throw notFound(id);
        }
        return found;
    }

    /** Deletes a fact; what it had superseded holds again. */
    public void delete(Scope scope, String id) {
        if (!facts.delete(scope, id)) {
            throw notFound(id);
        }
    }

    private static RequestRefused notFound(String id) {
        return new RequestRefused(Reason.NOT_FOUND, "fact_not_found", null, "there is no fact '" + id + "'");
    }
}
