package io.perpetua.adapters.llm.openai;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.perpetua.adapters.llm.wire.JsonMessageWriter;
import io.perpetua.application.routing.ChatProvider.ProviderRequest;
import io.perpetua.application.routing.ModelInfo;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderReply;
import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.application.routing.ProviderReply.Event;
import io.perpetua.application.routing.ProviderReply.Kind;
import io.perpetua.domain.conversation.Role;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A provider in front of a scripted upstream. */
abstract class UpstreamTest {

    static final String KEY = "sk-secret-0123456789";
    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    static final Timeouts PATIENT = Timeouts.DEFAULT;
    static final String HELLO = chunk("{\"role\":\"assistant\",\"content\":\"\"}", null);
    static final String FINISH = chunk("{}", "stop");

    private @Nullable ScriptedUpstream upstream;
    private @Nullable OpenAiCompatibleProvider provider;

    OpenAiCompatibleProvider provider(Timeouts timeouts, ScriptedUpstream.Script script) throws IOException {
        return provider(timeouts, OpenAiCompatibleProvider.LARGEST_ANSWER, script);
    }

    OpenAiCompatibleProvider provider(Timeouts timeouts, long largest, ScriptedUpstream.Script script)
            throws IOException {
        upstream = new ScriptedUpstream(script);
        var models = List.of(new ModelInfo("test", "m", 8_000, null));
        var settings = new ProviderSettings("test", upstream.baseUrl(), KEY, models, timeouts);
        provider = new OpenAiCompatibleProvider(settings, InstantSource.fixed(NOW), largest);
        return provider;
    }

    ScriptedUpstream upstream() {
        return Objects.requireNonNull(upstream);
    }

    @AfterEach
    void stop() throws IOException {
        if (provider != null) {
            provider.close();
        }
        if (upstream != null) {
            upstream.close();
        }
    }

    static ProviderRequest request(boolean stream) {
        return new ProviderRequest("m", List.of(new JsonMessageWriter().compose(Role.USER, "Hi")), "{}", stream);
    }

    static String chunk(String delta, @Nullable String finishReason) {
        return """
        {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m-1","choices":[{"index":0,"delta":%s,"finish_reason":%s}]}""".formatted(delta, finishReason == null ? "null" : '"' + finishReason + '"');
    }

    static String text(String text) {
        return chunk("{\"content\":\"" + text + "\"}", null);
    }

    /** Everything a reply has to say. */
    static List<Event> all(ProviderReply reply) {
        var events = new ArrayList<Event>();
        try (reply) {
            while (events.isEmpty() || !(events.getLast() instanceof Event.Done)) {
                events.add(next(reply));
            }
        }
        return events;
    }

    static Event next(ProviderReply reply) {
        var event = reply.next(Duration.ofSeconds(20));
        return Objects.requireNonNull(event, "nothing came within 20 s");
    }

    static Answer answer(List<Event> events) {
        if (events.getLast() instanceof Event.Done done) {
            return done.answer();
        }
        throw new AssertionError("no answer at the end of " + events);
    }

    static List<Kind> kinds(List<Event> events) {
        var kinds = new ArrayList<Kind>();
        for (var event : events) {
            if (event instanceof Event.Chunk chunk) {
                kinds.add(chunk.kind());
            }
        }
        return kinds;
    }

    static ProviderFailure failure(Runnable call) {
        return Objects.requireNonNull(catchThrowableOfType(ProviderFailure.class, call::run));
    }
}
