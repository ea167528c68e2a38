package io.perpetua.domain.facts;

import java.time.Instant;

/** A time in which something held. */
public record Span(Instant from, Instant to) {

    boolean contains(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }
}
