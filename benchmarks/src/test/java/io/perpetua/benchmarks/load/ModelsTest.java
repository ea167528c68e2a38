package io.perpetua.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perpetua.benchmarks.resilience.Completion.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Clients that ask the simulated models without a server in between. */
class ModelsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void gauge_callsAtOnce_areCountedByUser() throws IOException {
        try (var model = new PacedModel(Duration.ofMillis(400), Duration.ofMillis(400))) {
            var client = client(model.url());
            var replies = new ConcurrentLinkedQueue<Reply>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 8; i++) {
                    var request = new Request("m", i < 5 ? "a" : "b" + i, "c" + i, i, 5).stream(i % 2 == 0);
                    threads.execute(() -> replies.add(client.send(request)));
                }
            }
            assertThat(replies).hasSize(8).allMatch(Reply::answered);
            assertThat(model.gauge().calls()).isEqualTo(8);
            assertThat(model.gauge().mostOfOne()).isBetween(1, 5);
            assertThat(model.gauge().most()).isBetween(model.gauge().mostOfOne(), 8);
            assertThat(model.mixed()).isZero();
        }
    }

    @Test
    void bill_answers_areBilledByTheirUsage() throws IOException {
        try (var model = new BilledModel()) {
            var client = client(model.url());
            assertThat(client.send(new Request("m", "u", "c", 1, 60)).answered())
                    .isTrue();
            double whole = model.bill();
            assertThat(client.send(new Request("m", "u", "c", 1, 60).stream(true))
                            .answered())
                    .isTrue();
            // of 65 words, 21 at half the price, and of an answer of 5 to 60
            assertThat(whole).isBetween(74.5e-6, 294.5e-6);
            assertThat(model.bill() - whole).isCloseTo(whole, within(1e-12));
            assertThat(model.calls()).isEqualTo(2);
            assertThat(model.idle()).isTrue();
        }
    }

    @Test
    void price_ofAUsage_takesEachTokenAtItsPrice() {
        // dollars a million: 1 for 60, 0.5 for 40, 4 for 10
        assertThat(BilledModel.price(new Usage(100, 40, 10))).isEqualTo(120_000);
    }

    private static Client client(String url) {
        return new Client(url.replace("/v1", ""), PATIENCE);
    }
}
