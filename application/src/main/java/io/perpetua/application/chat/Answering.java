package io.perpetua.application.chat;

import io.perpetua.application.chat.TurnReport.Attempt;
import io.perpetua.application.resilience.Circuits.Leave;
import io.perpetua.application.routing.Models.Target;
import io.perpetua.application.routing.ProviderCall;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderReply;
import io.perpetua.application.routing.ProviderReply.Event;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.usage.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rung that has begun to answer, and everyone who was asked before it.
 *
 * @param first what it has said so far: all that opens the answer, and the first of its content or, of an answer in one
 *     piece, the answer
 * @param asked when it was asked, by the clock for durations, in nanoseconds
 * @param took from then until its first content
 * @param before everyone who was asked in vain
 * @param fallback whether it is not the first of the route
 */
record Answering(
        Intent intent,
        Target target,
        ProviderReply reply,
        Deque<Event> first,
        Leave leave,
        long asked,
        Duration took,
        List<Attempt> before,
        boolean fallback,
        List<ProviderCall.Listener> listeners) {

    /** The answer is whole. */
    void succeeded(Usage usage, @Nullable Double dollars) {
        tell(new ProviderCall(intent, target.rung(), null, took, usage, dollars));
    }

    /** The answer broke off. */
    void broke(ProviderFailure failure) {
        leave.failed(failure);
        tell(new ProviderCall(intent, target.rung(), failure.kind(), took, null, null));
    }

    /** Everyone who was asked, in order, the last with this outcome after so long. */
    List<Attempt> attempts(String outcome, long latencyMs) {
        var attempts = new ArrayList<>(before);
        attempts.add(new Attempt(target.model().provider(), target.model().name(), outcome, latencyMs));
        return attempts;
    }

    private void tell(ProviderCall call) {
        listeners.forEach(listener -> listener.over(call));
    }
}
