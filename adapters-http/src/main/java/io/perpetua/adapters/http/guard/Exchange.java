package io.perpetua.adapters.http.guard;

import io.perpetua.adapters.http.Problem;
import io.perpetua.adapters.http.guard.Endings.Ending;
import io.perpetua.adapters.http.guard.Endings.Listener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One request, and its answer. Used by its connection's event loop alone. */
final class Exchange {

    private final ByteBudget budget;
    private final @Nullable Listener listener;
    private final long came = System.nanoTime();
    private Ending ending = Ending.NONE;
    private long held;
    private long received;
    private boolean begun;
    private boolean answered;

    /**
     * A request whose head has come.
     *
     * @param listener told how it ends, null for nobody
     */
    Exchange(ByteBudget budget, @Nullable Listener listener) {
        this.budget = budget;
        this.listener = listener;
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

    /** Its answer is begun. */
    void begin(Ending how) {
        begun = true;
        ending = how;
    }

    /** It is refused, if its answer has not been begun. */
    void refuse(Problem problem) {
        if (!begun) {
            String code = problem.code();
            ending = new Ending(problem.status(), code == null ? "" : code);
        }
    }

    /** Whether its answer has been begun, so that there can be no other. */
    boolean isBegun() {
        return begun;
    }

    /** It is over, and nothing of the body is needed any more. */
    void end() {
        if (!answered && listener != null) {
            listener.ended(ending, Duration.ofNanos(System.nanoTime() - came));
        }
        answered = true;
        budget.give(held);
        held = 0;
    }
}
