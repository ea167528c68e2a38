package io.perpetua.adapters.metrics;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.World;
import io.perpetua.application.cache.CacheUse;
import io.perpetua.application.chat.Cancellation;
import io.perpetua.application.chat.ChatFailed;
import io.perpetua.application.chat.ChatRequest;
import io.perpetua.application.chat.MemoryOptions;
import io.perpetua.application.chat.Sender;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderFailure.Kind;
import io.perpetua.domain.usage.Usage;
import io.perpetua.domain.usage.Usage.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeteredTurnsTest {

    private final World world = new World();
    private final Meters meters = new Meters();
    private final MeteredTurns turns = new MeteredTurns(meters, new MeteredProviders(meters));

    @Test
    void ended_answeredTurn_isCountedWithItsTokensAndDollars() {
        world.provider.reply().whole(assistant("1"), new Usage(1_000, 400, 0, 50, 7, Source.PROVIDER));
        say("small");

        assertThat(lines())
                .contains(
                        "turns_total{outcome=\"answered\"} 1.0",
                        "turns_total{outcome=\"failed\"} 0.0",
                        "turns_duration_seconds_count 1",
                        "token_budget_used_count 1",
                        "token_budget_used_bucket{le=\"100.0\"} 1",
                        "token_budget_remaining_count 1",
                        "token_budget_overflows_total 0.0",
                        "cache_misses_total 1.0",
                        "cache_hits_total 0.0",
                        "tokens_total{type=\"input\"} 1000.0",
                        "tokens_total{type=\"cached_input\"} 400.0",
                        "tokens_total{type=\"output\"} 50.0",
                        "tokens_total{type=\"reasoning\"} 7.0",
                        "price_missing_total 0.0",
                        "provider_requests_total{provider=\"fake\"} 1.0",
                        "provider_errors_total{provider=\"fake\"} 0.0",
                        "provider_fallbacks_total 0.0");
        assertThat(lines()).noneMatch(line -> line.startsWith("cost_usd_total 0.0"));
    }

    @Test
    void ended_answerGivenBefore_isAHit() {
        world.provider.reply().whole(assistant("1"), null);
        say("small");
        say("small");

        assertThat(lines()).contains("cache_hits_total 1.0", "provider_requests_total{provider=\"fake\"} 1.0");
    }

    @Test
    void ended_priceNotKnown_isCounted() {
        world.provider.reply().whole(assistant("1"), null);
        say("unpriced");

        assertThat(lines()).contains("price_missing_total 1.0", "cost_usd_total 0.0");
    }

    @Test
    void ended_failedTurn_isAnErrorOfItsProvider() {
        world.provider.refuse(new ProviderFailure(Kind.REFUSED_KEY, "fake", "no", 0, null, null, null));
        assertThatThrownBy(() -> say("small")).isInstanceOf(ChatFailed.class);
        turns.ended(world.ended.getLast());

        assertThat(lines())
                .contains(
                        "turns_total{outcome=\"failed\"} 1.0",
                        "provider_errors_total{provider=\"fake\"} 1.0",
                        "tokens_total{type=\"input\"} 0.0");
    }

    private void say(String model) {
        world.chat.complete(
                new ChatRequest(
                        Sender.LOCAL,
                        "conversation " + world.ended.size(),
                        "fake/" + model,
                        List.of(user("hello")),
                        "{}",
                        1,
                        null,
                        false,
                        false,
                        MemoryOptions.DEFAULT,
                        CacheUse.READ_AND_KEEP),
                new Cancellation());
        turns.ended(world.ended.getLast());
    }

    private List<String> lines() {
        return new PrometheusText(meters, List.of()).text().lines().toList();
    }
}
