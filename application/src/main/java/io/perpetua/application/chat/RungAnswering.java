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

/**
 * A rung that has begun to answer, and everyone who was asked before it.
 *
 * @param asked when it was asked, by the clock for durations, in nanoseconds
 * @param took from then until its first content
 * @param before everyone who was asked in vain
 */
record RungAnswering(
        Intent intent,
        Target target,
        ProviderReply reply,
        Deque<Event> first,
        Leave leave,
        long asked,
        Duration took,
        List<Attempt> before,
        boolean fallback,
        List<ProviderCall.Listener> listeners)
        implements Answering {

    @Override
    public String provider() {
        return target.model().provider();
    }

    @Override
    public String model() {
        return target.model().name();
    }

    @Override
    public Bill succeeded(Usage counted) {
        var price = target.model().price();
        Double dollars = price == null ? null : price.of(counted);
        tell(new ProviderCall(intent, target.rung(), null, took, counted, dollars));
        return new Bill(counted, dollars);
    }

    @Override
    public void broke(ProviderFailure failure) {
        leave.failed(failure);
        tell(new ProviderCall(intent, target.rung(), failure.kind(), took, null, null));
    }

    @Override
    public List<Attempt> attempts(String outcome, long now) {
        var attempts = new ArrayList<>(before);
        attempts.add(new Attempt(
                provider(), model(), outcome, Duration.ofNanos(now - asked).toMillis()));
        return attempts;
    }

    private void tell(ProviderCall call) {
        listeners.forEach(listener -> listener.over(call));
    }
}
