package io.perpetua.adapters.http.guard;

/** One request that was let in, and its answer. Used by its connection's event loop alone. */
final class Exchange {

    private final ByteBudget budget;
    private long held;
    private long received;
    private boolean begun;
    private boolean answered;

    Exchange(ByteBudget budget) {
        this.budget = budget;
    }

    /** Takes the whole of a body that is told to have {@code bytes}; whether there is room for it. */
    boolean declare(long bytes) {
        boolean taken = budget.take(bytes);
        held = taken ? bytes : 0;
        return taken;
    }

    /** Takes {@code bytes} that have come beyond those that were declared; whether there is room for them. */
    boolean receive(int bytes) {
        received += bytes;
        long more = answered ? 0 : received - held; // what comes after the answer is thrown away
        if (more <= 0) {
            return true;
        }
        boolean taken = budget.take(more);
        held += taken ? more : 0;
        return taken;
    }

    long received() {
        return received;
    }

    void begin() {
        begun = true;
    }

    /** Whether its answer has been begun, so that there can be no other. */
    boolean isBegun() {
        return begun;
    }

    /** Nothing of the body is needed any more. */
    void end() {
        answered = true;
        budget.give(held);
        held = 0;
    }
}
