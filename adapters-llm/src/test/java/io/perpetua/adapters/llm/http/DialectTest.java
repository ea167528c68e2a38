package io.perpetua.adapters.llm.http;

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

/** A provider, by some dialect, in front of a scripted upstream. */
public abstract class DialectTest {

    protected static final String KEY = "sk-secret-0123456789";
    protected static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    protected static final Timeouts PATIENT = Timeouts.DEFAULT;

    private @Nullable ScriptedUpstream upstream;
    private @Nullable HttpProvider provider;

    protected abstract Dialect dialect();

    protected HttpProvider provider(Timeouts timeouts, ScriptedUpstream.Script script) throws IOException {
        return provider(timeouts, HttpProvider.LARGEST_ANSWER, script);
    }

    protected HttpProvider provider(Timeouts timeouts, long largest, ScriptedUpstream.Script script)
            throws IOException {
        upstream = new ScriptedUpstream(script);
        var models = List.of(new ModelInfo("test", "m", 8_000, null));
        var settings = new ProviderSettings("test", upstream.baseUrl(), List.of(KEY), models, timeouts);
        provider = new HttpProvider(settings, dialect(), InstantSource.fixed(NOW), largest);
        return provider;
    }

    protected ScriptedUpstream upstream() {
        return Objects.requireNonNull(upstream);
    }

    @AfterEach
    protected void stop() throws IOException {
        if (provider != null) {
            provider.close();
        }
        if (upstream != null) {
            upstream.close();
        }
    }

    protected static ProviderRequest request(boolean stream) {
        return request(stream, Duration.ofSeconds(30));
    }

    protected static ProviderRequest request(boolean stream, Duration patience) {
        var hello = new JsonMessageWriter().compose(Role.USER, "Hi");
        return new ProviderRequest("m", List.of(hello), "{}", stream, patience);
    }

    /** Everything a reply has to say. */
    protected static List<Event> all(ProviderReply reply) {
        var events = new ArrayList<Event>();
        try (reply) {
            while (events.isEmpty() || !(events.getLast() instanceof Event.Done)) {
                events.add(next(reply));
            }
        }
        return events;
    }

    protected static Event next(ProviderReply reply) {
        var event = reply.next(Duration.ofSeconds(20));
        return Objects.requireNonNull(event, "nothing came within 20 s");
    }

    protected static Answer answer(List<Event> events) {
        if (events.getLast() instanceof Event.Done done) {
            return done.answer();
        }
        throw new AssertionError("no answer at the end of " + events);
    }

    protected static List<Kind> kinds(List<Event> events) {
        var kinds = new ArrayList<Kind>();
        for (var event : events) {
            if (event instanceof Event.Chunk chunk) {
                kinds.add(chunk.kind());
            }
        }
        return kinds;
    }

    protected static ProviderFailure failure(Runnable call) {
        return Objects.requireNonNull(catchThrowableOfType(ProviderFailure.class, call::run));
    }
}
