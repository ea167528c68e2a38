package io.perpetua.application.facts;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.admission.Overloaded;
import io.perpetua.application.facts.FactFigures.Insert;
import io.perpetua.application.facts.FactFigures.Query;
import io.perpetua.application.facts.QueryFacts.Answer;
import io.perpetua.domain.facts.Superseding.Telling;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Tells the figures how calls for facts went, from the reading of a request to its answer. Safe for concurrent use. */
public final class MeasureFacts {

    private final FactFigures figures;
    private final LongSupplier nanos;

    /**
     * Tells {@code figures}.
     *
     * @param nanos a clock of nanoseconds that never goes back
     */
    public MeasureFacts(FactFigures figures, LongSupplier nanos) {
        this.figures = figures;
        this.nanos = nanos;
    }

    /** What {@code call} gives, which adds a fact. */
    public Telling inserting(Supplier<Telling> call) {
        long begun = nanos.getAsLong();
        var outcome = Insert.FAILED;
        try {
            var telling = call.get();
            outcome = switch (telling.kind()) {
                case NEW -> Insert.NEW;
                case DUPLICATE -> Insert.DUPLICATE;
                case CORROBORATED -> Insert.CORROBORATED;
                case REINSTATED -> Insert.REINSTATED;
            };
            return telling;
        } catch (RequestRefused e) {
            outcome = e.code().equals(KeepFacts.BELOW_THRESHOLD) ? Insert.BELOW_THRESHOLD : Insert.REFUSED;
            throw e;
        } catch (Overloaded e) {
            outcome = Insert.OVERLOADED;
            throw e;
        } catch (StoreUnavailable e) {
            outcome = Insert.UNAVAILABLE;
            throw e;
        } finally {
            figures.inserted(outcome, since(begun));
        }
    }

    /** What {@code call} gives, which looks for facts. */
    public Answer querying(Supplier<Answer> call) {
        long begun = nanos.getAsLong();
        var outcome = Query.FAILED;
        try {
            var answer = call.get();
            outcome = answer.total() == 0 ? Query.NOTHING : Query.FOUND;
            return answer;
        } catch (RequestRefused e) {
            outcome = Query.REFUSED;
            throw e;
        } catch (Overloaded e) {
            outcome = Query.OVERLOADED;
            throw e;
        } catch (StoreUnavailable e) {
            outcome = Query.UNAVAILABLE;
            throw e;
        } finally {
            figures.queried(outcome, since(begun));
        }
    }

    private Duration since(long begun) {
        return Duration.ofNanos(nanos.getAsLong() - begun);
    }
}
