package io.perpetua.application.chat;

import io.perpetua.application.chat.TurnReport.Attempt;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderReply;
import io.perpetua.application.routing.ProviderReply.Event;
import io.perpetua.domain.usage.Usage;
import java.util.Deque;
import java.util.List;

/** An answer that was found on this machine. Nobody is asked, and nothing is paid. */
record LocalAnswering(CachedAnswering found) implements Answering {

    @Override
    public ProviderReply reply() {
        return found.reply();
    }

    @Override
    public Deque<Event> first() {
        return found.first();
    }

    @Override
    public String provider() {
        return found.provider();
    }

    @Override
    public String model() {
        return found.model();
    }

    @Override
    public boolean fallback() {
        return false;
    }

    @Override
    public Bill succeeded(Usage counted) {
        return new Bill(Usage.WITHOUT_A_MODEL, 0.0);
    }

    @Override
    public void broke(ProviderFailure failure) {
        found.broke(failure);
    }

    @Override
    public List<Attempt> attempts(String outcome, long now) {
        return List.of();
    }
}
