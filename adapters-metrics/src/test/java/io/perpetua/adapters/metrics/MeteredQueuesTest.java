package io.perpetua.adapters.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.admission.AdmitRequests;
import io.perpetua.application.admission.Overloaded;
import io.perpetua.domain.admission.AdmissionPolicy;
import io.perpetua.domain.admission.Priority;
import io.perpetua.domain.admission.Visitor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class MeteredQueuesTest {

    private static final Visitor ANNA = new Visitor("anna", true);

    private final Meters meters = new Meters();
    private final AtomicLong now = new AtomicLong();

    @Test
    void queue_isShownAsItIsAndWhatBecameOfItsRequests() {
        var queue = queue(1, Duration.ZERO);
        var _ = new MeteredQueues().memory(meters);

        var place = queue.enter(ANNA, Priority.NORMAL, Supplier::get);
        assertThatThrownBy(() -> enter(queue)).isInstanceOf(Overloaded.class);

        assertThat(lines())
                .contains(
                        "queue_served{queue=\"chats\"} 1.0",
                        "queue_depth{queue=\"chats\"} 0.0",
                        "queue_expired_total{queue=\"chats\"} 1.0",
                        "queue_rejections_total{queue=\"chats\",reason=\"queue_full\"} 0.0",
                        "queue_wait_duration_seconds_count{queue=\"chats\"} 1",
                        "queue_served{queue=\"memory\"} 0.0",
                        "queue_expired_total{queue=\"memory\"} 0.0");
        place.close();
        assertThat(lines()).contains("queue_served{queue=\"chats\"} 0.0");
    }

    @Test
    void queue_ofNoWaiting_rejects() {
        var queue = queue(0, Duration.ofHours(1));

        var _ = queue.enter(ANNA, Priority.NORMAL, Supplier::get);
        assertThatThrownBy(() -> enter(queue)).isInstanceOf(Overloaded.class);

        assertThat(lines())
                .contains(
                        "queue_rejections_total{queue=\"chats\",reason=\"user_queue_full\"} 1.0",
                        "queue_expired_total{queue=\"chats\"} 0.0");
    }

    private AdmitRequests queue(int waiting, Duration patience) {
        return new AdmitRequests(
                new AdmissionPolicy(1, 1, waiting, waiting, 1, patience, Duration.ofSeconds(5)),
                now::get,
                new MeteredQueues().chats(meters));
    }

    private static void enter(AdmitRequests queue) {
        var _ = queue.enter(new Visitor("ben", true), Priority.NORMAL, Supplier::get);
    }

    private List<String> lines() {
        return new PrometheusText(meters, List.of()).text().lines().toList();
    }
}
