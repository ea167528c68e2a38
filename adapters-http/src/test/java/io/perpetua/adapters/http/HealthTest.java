package io.perpetua.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.adapters.http.health.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HealthTest {

    private final World world = new World();
    private final Client client = world.client();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void health_allThere_isUp() {
        var reply = client.get("/health");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body())
                .isEqualTo("{\"status\":\"UP\",\"dependencies\":{\"store\":{\"status\":\"UP\",\"needed\":true,"
                        + "\"detail\":\"fine\",\"latency_ms\":0},\"embedder\":{\"status\":\"UP\",\"needed\":false,"
                        + "\"detail\":\"fine\",\"latency_ms\":0}}}");
    }

    @Test
    void health_somethingDispensableAway_isDegraded() {
        world.down.add("embedder");
        assertThat(client.get("/health").status()).isEqualTo(200);
        assertThat(client.get("/health").at("/status")).isEqualTo("\"DEGRADED\"");
        assertThat(client.get("/health/readiness").status()).isEqualTo(200);
    }

    @Test
    void health_somethingNeededAway_isDownButAlive() {
        world.down.add("store");
        assertThat(client.get("/health").status()).isEqualTo(503);
        assertThat(client.get("/health").header("Retry-After")).isEqualTo("5");
        assertThat(client.get("/health/readiness").status()).isEqualTo(503);
        assertThat(client.get("/health/liveness").status()).isEqualTo(200);
    }

    @Test
    void readiness_stopping_isDownButAlive() {
        assertThat(client.get("/health/readiness").body()).isEqualTo("{\"status\":\"UP\",\"phase\":\"serving\"}");
        world.get(Readiness.class).stopping();
        var reply = client.get("/health/readiness");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.body()).isEqualTo("{\"status\":\"DOWN\",\"phase\":\"stopping\"}");
        assertThat(client.get("/health/liveness").status()).isEqualTo(200);
    }
}
