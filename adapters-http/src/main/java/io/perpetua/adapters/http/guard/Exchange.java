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

    /** Takes {@code bytes} of the body that have come; whether there is room for them. */
    boolean receive(int bytes) {
        received += bytes;
        if (answered) {
            return true; // what comes after the answer is thrown away
        }
        boolean taken = budget.take(bytes, received);
        held += taken ? bytes : 0;
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
