package io.perpetua.application.chat;

import io.perpetua.application.chat.TurnReport.Attempt;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderReply;
import io.perpetua.application.routing.ProviderReply.Event;
import io.perpetua.domain.usage.Usage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/** An answer that was given before. Nobody is asked, and nothing is paid. */
record CachedAnswering(ProviderReply reply, Deque<Event> first, String provider, String model) implements Answering {

    /** The answer that {@code reply} gives again. */
    static CachedAnswering of(ProviderReply reply, String provider, String model) {
        var first = new ArrayDeque<Event>();
        first.add(Objects.requireNonNull(reply.next(TurnStream.FOREVER)));
        return new CachedAnswering(reply, first, provider, model);
    }

    @Override
    public boolean fallback() {
        return false;
    }

    @Override
    public Bill succeeded(Usage counted) {
        return new Bill(Usage.NONE, 0.0);
    }

    @Override
    public void broke(ProviderFailure failure) {
        throw new IllegalStateException("an answer that was whole broke off", failure);
    }

    @Override
    public List<Attempt> attempts(String outcome, long now) {
        return List.of();
    }
}
