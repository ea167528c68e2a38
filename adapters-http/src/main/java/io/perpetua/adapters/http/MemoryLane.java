package io.perpetua.adapters.http;

import io.micronaut.http.HttpRequest;
import io.perpetua.adapters.http.access.Callers;
import io.perpetua.application.admission.AdmitRequests;
import io.perpetua.domain.admission.Priority;
import io.perpetua.domain.admission.Visitor;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** Where the work of the memory is done that is no answer: a few at a time, so that it never delays one. */
@Singleton
public final class MemoryLane {

    private final AdmitRequests admission;

    MemoryLane(@Named("memory") AdmitRequests admission) {
        this.admission = admission;
    }

    /**
     * What {@code work} gives, when its turn has come.
     *
     * @throws io.perpetua.application.admission.Overloaded when too many others wait
     */
    public <T> T during(HttpRequest<?> request, Supplier<T> work) {
        var caller = Callers.of(request);
        var visitor = new Visitor(caller.party(), "key/" + caller.key(), false);
        try (var _ = admission.enter(visitor, Priority.NORMAL, Supplier::get)) {
            return work.get();
        }
    }
}
