package io.perpetua.adapters.redis;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/** This instance's share of the outbox. Safe for concurrent use. */
@Singleton
@Shared
final class Entries {

    /** Some twenty megabytes. */
    private static final int MOST = 50_000;

    private final String owner;
    private final AtomicLong fields = new AtomicLong();
    private final Claims claims = new Claims(MOST);

    Entries(Instances instances) {
        owner = instances.id();
    }

    /** Who this instance is. */
    String owner() {
        return owner;
    }

    /** A name in the outbox that no entry has had. */
    String newField() {
        return newFields(1);
    }

    /** A name, after which {@code count - 1} more can be made by counting on; none of them an entry has had. */
    String newFields(int count) {
        return owner + fields.getAndAdd(count);
    }

    void add(Claim claim) {
        claims.add(claim);
    }

    /** An entry may have been written that is not known here. */
    void doubt() {
        claims.doubt();
    }

    Claims claims() {
        return claims;
    }
}
