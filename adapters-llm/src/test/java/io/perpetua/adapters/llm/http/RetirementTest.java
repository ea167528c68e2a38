package io.perpetua.adapters.llm.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.adapters.llm.openai.OpenAiDialect;
import io.perpetua.adapters.llm.openai.Quirks;
import io.perpetua.application.routing.ChatProvider.ProviderRequest;
import io.perpetua.application.routing.ModelInfo;
import io.perpetua.application.routing.ProviderFailure.Kind;
import io.perpetua.application.routing.ProviderReply;
import io.perpetua.application.routing.ProviderReply.Event;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A provider that is asked no more by whoever comes new. */
@Timeout(60)
class RetirementTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String HI = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi.\"}}]}";
    private static final String END = "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";

    private final CountDownLatch goOn = new CountDownLatch(1);
    private final Set<Thread> before = selectors();

    @SuppressWarnings("NullAway.Init") // made before each test
    private ScriptedUpstream upstream;

    @SuppressWarnings("NullAway.Init") // made before each test
    private HttpProvider provider;

    @BeforeEach
    void start() throws IOException {
        upstream = new ScriptedUpstream(http -> {
            http.openStream("text/event-stream");
            http.event(HI);
            goOn.await();
            http.event(END);
            http.event("[DONE]");
            http.endStream();
        });
        var settings = new ProviderSettings("test", upstream.baseUrl(), List.of("k"), List.of(), Timeouts.DEFAULT);
        provider = new HttpProvider(settings, new OpenAiDialect(Quirks.NONE), InstantSource.system());
    }

    @AfterEach
    void stop() throws IOException {
        goOn.countDown();
        provider.close();
        upstream.close();
    }

    @Test
    void create_nobodyAsked_takesNoThread() {
        assertThat(mine()).isEmpty();
    }

    @Test
    void retire_streamUnderWay_letsItEndAndThenFreesTheClient() throws InterruptedException {
        try (var reply = ask()) {
            assertThat(reply.next(PATIENCE)).isInstanceOf(Event.Chunk.class);
            var threads = mine();
            assertThat(threads).hasSize(1);
            provider.retire();
            goOn.countDown();
            var event = reply.next(PATIENCE);
            while (!(event instanceof Event.Done)) {
                event = reply.next(PATIENCE);
            }
            awaitEnd(threads);
        }
    }

    @Test
    void retire_replyGivenUp_freesTheClient() throws InterruptedException {
        var reply = ask();
        var threads = mine();
        provider.retire();
        reply.close();
        reply.close();
        awaitEnd(threads);
    }

    @Test
    void retire_idle_freesTheClientAtOnceAndStillAnswersALateCall() throws InterruptedException {
        goOn.countDown();
        DialectTest.all(ask());
        var threads = mine();
        provider.retire();
        awaitEnd(threads);
        assertThat(DialectTest.all(ask()).getLast()).isInstanceOf(Event.Done.class);
        awaitEnd(mine());
    }

    @Test
    void ask_closed_failsAsUnreachable() {
        provider.close();
        assertThat(DialectTest.failure(this::ask).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(mine()).isEmpty();
    }

    @Test
    void offering_otherModels_sharesTheClient() {
        goOn.countDown();
        var other = provider.offering(List.of(ModelInfo.unlisted("test", "m")));
        DialectTest.all(ask());
        DialectTest.all(other.ask(request()));
        assertThat(mine()).hasSize(1);
        assertThat(other.models()).extracting(ModelInfo::name).containsExactly("m");
    }

    private ProviderReply ask() {
        return provider.ask(request());
    }

    private static ProviderRequest request() {
        return new ProviderRequest("m", List.of(), "{}", true);
    }

    /** The threads of HTTP clients that this test has made. */
    private Set<Thread> mine() {
        var threads = selectors();
        threads.removeAll(before);
        return threads;
    }

    private static Set<Thread> selectors() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("HttpClient-"))
                .collect(Collectors.toSet());
    }

    private static void awaitEnd(Set<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE.toSeconds()));
            assertThat(thread.isAlive()).isFalse();
        }
    }
}
