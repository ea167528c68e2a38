package io.perpetua.application.resilience;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.resilience.RestHints.Hint;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.domain.routing.Rung;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/*
 * A hint says no more than that a rung is not to be asked until its end. It opens nothing here and closes nothing: this
 * instance's own circuit knows its own calls alone, and what succeeds elsewhere ends no rest. So a hint that is wrong, or
 * late, costs a rung's answers for as long as its rest, and nothing else.
 */
/**
 * An instance's {@link Circuits}, which heed besides what others that share the store have found out. Asking waits for no
 * store: hints are exchanged apart from all requests. Safe for concurrent use.
 */
public final class SharedCircuits implements Circuits {

    private final Circuits own;
    private final RestHints hints;
    private final String teller;
    private final InstantSource clock;

    /** What others are to be told. */
    private final ConcurrentMap<Place, Rest> untold = new ConcurrentHashMap<>();

    /** What others have told. Replaced as a whole, never changed. */
    private volatile Map<Place, Rest> told = Map.of();

    /**
     * Heeds {@code hints} beside {@code own}.
     *
     * @param teller this instance's name, unlike all others'
     */
    public SharedCircuits(Circuits own, RestHints hints, String teller, InstantSource clock) {
        this.own = own;
        this.hints = hints;
        this.teller = teller;
        this.clock = clock;
    }

    /** A rung or, without a model, all of a provider's. */
    private record Place(String provider, @Nullable String model) {}

    private record Rest(State state, Instant until) {

        Condition at(Instant now) {
            return new Condition(state, now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO);
        }

        static Rest longer(Rest one, Rest other) {
            return one.until.isBefore(other.until) ? other : one;
        }
    }

    @Override
    public @Nullable Leave ask(Rung rung) {
        if (byHints(rung) != null) {
            return null;
        }
        var leave = own.ask(rung);
        return leave == null ? null : new TellingLeave(rung, leave);
    }

    @Override
    public Condition condition(Rung rung) {
        var alone = own.condition(rung);
        var hinted = byHints(rung);
        return hinted == null || alone.rest().compareTo(hinted.rest()) >= 0 ? alone : hinted;
    }

    /** How {@code rung} rests by others' word; null when it does not. */
    private @Nullable Condition byHints(Rung rung) {
        var known = told;
        if (known.isEmpty()) {
            return null;
        }
        var now = clock.instant();
        return Stream.of(new Place(rung.provider(), rung.model()), new Place(rung.provider(), null))
                .map(known::get)
                .filter(rest -> rest != null && now.isBefore(rest.until))
                .reduce(Rest::longer)
                .map(rest -> rest.at(now))
                .orElse(null);
    }

    /**
     * Tells others what has been found out here, and learns what they have.
     *
     * @throws StoreUnavailable when the store does not answer: then what others were to be told is told the next time, and
     *     what they have told holds until its end
     */
    public void exchange() {
        var telling = Map.copyOf(untold);
        var now = clock.instant();
        var news = telling.entrySet().stream()
                .map(each -> hint(each.getKey(), each.getValue().at(now)))
                .filter(hint -> hint.rest().toMillis() > 0)
                .toList();
        learn(hints.exchange(teller, news));
        telling.forEach(untold::remove);
    }

    private void learn(List<Hint> others) {
        var now = clock.instant();
        var known = new HashMap<Place, Rest>();
        others.forEach(hint ->
                known.put(new Place(hint.provider(), hint.model()), new Rest(hint.state(), now.plus(hint.rest()))));
        told = Map.copyOf(known);
    }

    private static Hint hint(Place place, Condition condition) {
        return new Hint(place.provider, place.model, condition.state(), condition.rest());
    }

    /** A refused key is every rung's of its provider. */
    private void note(Rung rung) {
        var condition = own.condition(rung);
        if (condition.rest().isPositive()) {
            boolean all = condition.state() == State.KEY_REFUSED;
            untold.merge(
                    new Place(rung.provider(), all ? null : rung.model()),
                    new Rest(condition.state(), clock.instant().plus(condition.rest())),
                    Rest::longer);
        }
    }

    private final class TellingLeave implements Leave {

        private final Rung rung;
        private final Leave leave;

        TellingLeave(Rung rung, Leave leave) {
            this.rung = rung;
            this.leave = leave;
        }

        @Override
        public void answered() {
            leave.answered();
        }

        @Override
        public void failed(ProviderFailure failure) {
            leave.failed(failure);
            note(rung);
        }

        @Override
        public void forgone() {
            leave.forgone();
        }
    }
}
