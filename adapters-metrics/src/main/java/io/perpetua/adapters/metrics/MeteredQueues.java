package io.perpetua.adapters.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.perpetua.application.admission.AdmissionListener;
import io.perpetua.application.admission.Overloaded.Reason;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** The figures of the queues: of chats, and of the memory's own work; there from the start, before anything waits. */
@Factory
final class MeteredQueues {

    private static final String CHATS = "chats";
    private static final String MEMORY = "memory";

    @Context
    @Named(CHATS)
    AdmissionListener chats(Meters meters) {
        return new Metered(meters, CHATS);
    }

    @Context
    @Named(MEMORY)
    AdmissionListener memory(Meters meters) {
        return new Metered(meters, MEMORY);
    }

    private static final class Metered implements AdmissionListener {

        private final AtomicInteger waiting = new AtomicInteger();
        private final AtomicInteger served = new AtomicInteger();
        private final Timer wait;
        private final Map<Reason, Counter> rejections = new EnumMap<>(Reason.class);
        private final Counter expired;

        Metered(Meters meters, String queue) {
            var tags = Tags.of("queue", queue);
            Gauge.builder("queue.depth", waiting, AtomicInteger::get)
                    .description("Requests that wait")
                    .tags(tags)
                    .register(meters.registry());
            Gauge.builder("queue.served", served, AtomicInteger::get)
                    .description("Requests that are being served")
                    .tags(tags)
                    .register(meters.registry());
            wait = Timer.builder("queue.wait.duration")
                    .description("What requests waited to be let in")
                    .tags(tags)
                    .serviceLevelObjectives(Meters.SHORT)
                    .register(meters.registry());
            for (Reason reason : EnumSet.complementOf(EnumSet.of(Reason.QUEUE_TIMEOUT))) {
                rejections.put(
                        reason,
                        Counter.builder("queue.rejections")
                                .description("Requests that were not served, for too many waited")
                                .tags(tags.and("reason", Meters.word(reason)))
                                .register(meters.registry()));
            }
            expired = Counter.builder("queue.expired")
                    .description("Requests that were not served, for they had waited as long as requests do")
                    .tags(tags)
                    .register(meters.registry());
        }

        @Override
        public void changed(int nowServed, int nowWaiting) {
            served.set(nowServed);
            waiting.set(nowWaiting);
        }

        @Override
        public void admitted(Duration waited) {
            wait.record(waited);
        }

        @Override
        public void refused(Reason reason) {
            (reason == Reason.QUEUE_TIMEOUT ? expired : Objects.requireNonNull(rejections.get(reason))).increment();
        }
    }
}
