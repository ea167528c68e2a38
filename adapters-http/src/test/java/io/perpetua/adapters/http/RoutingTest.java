package io.perpetua.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.resilience.Circuits.State;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderFailure.Kind;
import io.perpetua.domain.routing.Rung;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RoutingTest {

    private static final String CODE =
            "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Write a Python function that sorts a list\"}]}";
    private static final Rung SMALL = new Rung("fake", "small");
    private static final Rung UNPRICED = new Rung("fake", "unpriced");

    private final World world = new World();
    private final Client client = world.client();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void route_messages_saysWhoWouldBeAskedAndWhy() {
        world.circuits.rest(SMALL, State.OPEN, Duration.ofMillis(2_500));

        var reply = client.post("/v1/route", CODE);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/intent")).isEqualTo("\"coding_help\"");
        assertThat(reply.at("/ladder"))
                .isEqualTo("[{\"provider\":\"fake\",\"model\":\"small\",\"score\":0.9,\"state\":\"open\","
                        + "\"retry_after_ms\":2500},"
                        + "{\"provider\":\"fake\",\"model\":\"unpriced\",\"score\":0.88,\"state\":\"closed\"}]");
        assertThat(reply.at("/reason")).startsWith("\"coding_help (").contains("python");
        assertThat(world.provider.asked).isEmpty();
    }

    @Test
    void route_namedModel_isTheOnlyRung() {
        var reply = client.post("/v1/route", CODE.replace("auto", "fake/unpriced"));
        assertThat(reply.at("/ladder/0/model")).isEqualTo("\"unpriced\"");
        assertThat(reply.json().at("/ladder")).hasSize(1);
        assertThat(reply.at("/reason")).isEqualTo("\"the request names fake/unpriced\"");
    }

    @Test
    void route_noMessages_isRefused() {
        var reply = client.post("/v1/route", "{}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("/error/param")).isEqualTo("\"messages\"");
    }

    @Test
    void providers_afterAFailure_tellsOfIt() {
        world.provider.refusal = new ProviderFailure(Kind.TIMEOUT, "fake", "slow", 0, null, null, null);
        client.post("/v1/chat/completions", CODE);
        world.circuits.rest(SMALL, State.COOLING_DOWN, Duration.ofSeconds(1));

        var provider = client.get("/v1/providers").json().at("/providers/0");

        assertThat(provider.path("name").asText()).isEqualTo("fake");
        assertThat(provider.path("health").asText()).isEqualTo("degraded");
        var small = provider.path("models").path(0);
        assertThat(small.path("state").asText()).isEqualTo("cooling_down");
        assertThat(small.path("scores").path("coding_help").asDouble()).isEqualTo(0.9);
        assertThat(small.path("recent"))
                .hasToString("{\"calls\":1,\"failures\":{\"timeout\":1},\"latency_ms\":{\"p50\":0,\"p95\":0},"
                        + "\"price_missing\":0}");
        assertThat(provider.path("models").path(1).path("scores")).hasSize(1);
    }

    @Test
    void complete_everyRungFails_is503WithTheAttempts() {
        world.provider.refusal = new ProviderFailure(Kind.UNAVAILABLE, "fake", "down", 500, null, null, null);

        var reply = client.post("/v1/chat/completions", CODE);

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("5");
        assertThat(reply.at("/error/code")).isEqualTo("\"no_provider_available\"");
        assertThat(reply.at("/error/message"))
                .isEqualTo("\"no provider answered: fake/small unavailable, fake/unpriced unavailable\"");
        assertThat(reply.at("/perpetual_metadata/attempts/1/outcome")).isEqualTo("\"unavailable\"");
        assertThat(reply.at("/perpetual_metadata/provider")).isEqualTo("null");
    }

    @Test
    void complete_everyRungLimits_is429() {
        var limited = new ProviderFailure(Kind.RATE_LIMITED, "fake", "slowly", 429, Duration.ofSeconds(7), null, null);
        world.circuits.rest(UNPRICED, State.COOLING_DOWN, Duration.ofSeconds(9));
        world.provider.refusal = limited;

        var reply = client.post("/v1/chat/completions", CODE);

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.header("Retry-After")).isEqualTo("7");
    }

    @Test
    void complete_pinnedModelRests_is503UntilThen() {
        world.circuits.rest(SMALL, State.OPEN, Duration.ofMillis(2_500));

        var reply = client.post("/v1/chat/completions", CODE.replace("auto", "fake/small"));

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("3");
        assertThat(reply.at("/error/code")).isEqualTo("\"unavailable\"");
        assertThat(world.provider.asked).isEmpty();
    }
}
