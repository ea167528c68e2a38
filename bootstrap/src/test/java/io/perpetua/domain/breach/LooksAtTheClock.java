package io.perpetua.domain.breach;

import java.time.Instant;

public final class LooksAtTheClock {

    public Instant look() {
        return Instant.now();
    }
}
