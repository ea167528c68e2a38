package io.perpetua.adapters.llm.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderFailure.Kind;
import io.perpetua.application.routing.ProviderReply;
import io.perpetua.application.routing.ProviderReply.Event;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every dialect makes of an upstream that breaks off, stalls or talks nonsense, and of a client that leaves. */
public abstract class MisbehaviourContract extends DialectTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(60);

    /** Events, framing included, that open an answer without saying anything. */
    protected abstract String opening();

    /** An event that says {@code text}, also where nothing opened the answer. */
    protected abstract String saying(String text);

    /** Reads up to the first chunk that says something. */
    private static void untilItSpeaks(ProviderReply reply) {
        while (!(next(reply) instanceof Event.Chunk(var json, var about)
                && about == io.perpetua.application.routing.ProviderReply.Kind.CONTENT)) {
            // opened, but not spoken
        }
    }

    /** On a machine that is slow to start, time may be over before the client has come at all. */
    private void awaitClientGone() throws Exception {
        if (upstream().connections.get() == 0) {
            return;
        }
        upstream().clientGone.get(20, TimeUnit.SECONDS);
    }

    private static Kind kind(ProviderFailure failure) {
        return failure.kind();
    }

    @Test
    void ask_resetBeforeTheHeaders_isUnavailable() throws IOException {
        var provider = provider(PATIENT, ScriptedUpstream.Exchange::reset);

        assertThat(kind(failure(() -> provider.ask(request(true))))).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void ask_nobodyListens_isUnavailable() throws IOException {
        URI nowhere;
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nowhere = URI.create("http://127.0.0.1:" + listener.getLocalPort());
        }
        var settings = new ProviderSettings("test", nowhere, List.of(), List.of(), PATIENT);

        try (var provider = new HttpProvider(settings, dialect(), InstantSource.fixed(NOW))) {
            assertThat(kind(failure(() -> provider.ask(request(true))))).isEqualTo(Kind.UNAVAILABLE);
        }
    }

    @Test
    void ask_notHttp_isUnavailable() throws IOException {
        var provider = provider(PATIENT, http -> http.raw("SSH-2.0-OpenSSH\r\n\r\n"));

        assertThat(kind(failure(() -> provider.ask(request(true))))).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void next_resetInTheMiddle_isTruncatedAfterWhatCame() throws IOException {
        var seen = new CountDownLatch(1);
        var provider = provider(PATIENT, http -> {
            http.openStream("text/event-stream");
            http.piece(saying("a"));
            seen.await();
            http.reset();
        });

        try (var reply = provider.ask(request(true))) {
            untilItSpeaks(reply);
            seen.countDown();
            assertThat(kind(failure(() -> next(reply)))).isEqualTo(Kind.TRUNCATED);
        }
    }

    @Test
    void next_endWithoutDoneOrFinish_isTruncated() throws IOException {
        var provider = provider(PATIENT, http -> http.wholeStream(saying("a")));

        assertThat(kind(failure(() -> all(provider.ask(request(true)))))).isEqualTo(Kind.TRUNCATED);
    }

    @Test
    void next_chunkThatIsNoJson_isMalformedAndCancels() throws Exception {
        var provider = provider(PATIENT, http -> {
            http.openStream("text/event-stream");
            http.piece(saying("a"));
            http.event("{\"choices\":[");
            http.stall();
        });

        try (var reply = provider.ask(request(true))) {
            untilItSpeaks(reply);
            assertThat(kind(failure(() -> next(reply)))).isEqualTo(Kind.MALFORMED);
        }
        awaitClientGone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html; charset=utf-8", "application/xml"})
    void ask_pageWhereAStreamWasAskedFor_isMalformed(String contentType) throws IOException {
        var provider = provider(PATIENT, http -> http.respond(200, contentType, "<html>Hello</html>"));

        assertThat(kind(failure(() -> provider.ask(request(true))))).isEqualTo(Kind.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"status\":\"ok\"}", "not json", "[]", "{\"choices\":[]}"})
    void next_jsonThatIsNoCompletion_isMalformed(String body) throws IOException {
        var provider = provider(PATIENT, http -> http.respond(200, "application/json", body));

        assertThat(kind(failure(() -> all(provider.ask(request(true)))))).isEqualTo(Kind.MALFORMED);
        assertThat(kind(failure(() -> all(provider.ask(request(false)))))).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void next_textWithoutAnyEvent_isMalformed() throws IOException {
        var provider = provider(PATIENT, http -> http.respond(200, "text/plain", "It works!"));

        assertThat(kind(failure(() -> all(provider.ask(request(true)))))).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void ask_noHeaders_timesOutAndCancels() throws Exception {
        var provider = provider(new Timeouts(LONG, SHORT, LONG, LONG), ScriptedUpstream.Exchange::stall);

        var failure = failure(() -> provider.ask(request(true)));

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure).hasMessage("test sent no first token within 60 ms");
        awaitClientGone();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ask_lessPatienceThanTheTimeouts_timesOutBefore(boolean stream) throws Exception {
        var provider = provider(PATIENT, ScriptedUpstream.Exchange::stall);

        var failure = failure(() -> all(provider.ask(request(stream, SHORT))));

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure).hasMessageEndingWith("within 60 ms");
        awaitClientGone();
    }

    @Test
    void next_patienceIsOver_streamThatHasBegunGoesOn() throws Exception {
        var provider = provider(new Timeouts(LONG, LONG, Duration.ofMillis(300), LONG), http -> {
            http.openStream("text/event-stream");
            http.piece(saying("a"));
            http.stall();
        });

        assertThat(failure(() -> all(provider.ask(request(true, Duration.ofMillis(150))))))
                .hasMessage("test sent no next token within 300 ms");
    }

    @Test
    void next_preambleAndCommentsOnly_timesOutOnTheFirstToken() throws Exception {
        var provider = provider(new Timeouts(LONG, Duration.ofMillis(300), LONG, LONG), http -> {
            http.openStream("text/event-stream");
            http.piece(opening());
            http.piece(": still there\n\n");
            http.stall();
        });

        var failure = failure(() -> all(provider.ask(request(true))));

        assertThat(failure).hasMessage("test sent no first token within 300 ms");
        awaitClientGone();
    }

    @Test
    void next_silenceBetweenTokens_timesOut() throws Exception {
        var provider = provider(new Timeouts(LONG, LONG, SHORT, LONG), http -> {
            http.openStream("text/event-stream");
            http.piece(saying("a"));
            http.stall();
        });

        assertThat(failure(() -> all(provider.ask(request(true))))).hasMessage("test sent no next token within 60 ms");
        awaitClientGone();
    }

    @Test
    void next_dripWithoutEnd_timesOutInAll() throws Exception {
        var provider = provider(new Timeouts(LONG, LONG, LONG, Duration.ofMillis(300)), http -> {
            http.openStream("text/event-stream");
            while (true) {
                http.piece(saying("a"));
            }
        });

        assertThat(failure(() -> all(provider.ask(request(true)))))
                .hasMessage("test sent no whole answer within 300 ms");
        awaitClientGone();
    }

    @Test
    void next_wholeAnswerThatStalls_timesOutInAll() throws Exception {
        var provider = provider(new Timeouts(LONG, LONG, LONG, Duration.ofMillis(300)), http -> {
            http.raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
            http.stall();
        });

        assertThat(kind(failure(() -> all(provider.ask(request(false)))))).isEqualTo(Kind.TIMEOUT);
        awaitClientGone();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void next_moreThanAnAnswerMayHave_isMalformedAndCancels(boolean stream) throws Exception {
        var provider = provider(PATIENT, 10_000, http -> {
            http.openStream(stream ? "text/event-stream" : "application/json");
            while (true) {
                http.piece(":".repeat(1_000));
            }
        });

        assertThat(kind(failure(() -> all(provider.ask(request(stream)))))).isEqualTo(Kind.MALFORMED);
        awaitClientGone();
    }

    @Test
    void close_fromAnotherThread_wakesTheReaderAndCancelsUpstream() throws Exception {
        var provider = provider(PATIENT, http -> {
            http.openStream("text/event-stream");
            http.piece(saying("a"));
            http.stall();
        });
        var reply = provider.ask(request(true));
        untilItSpeaks(reply);

        var reader = CompletableFuture.runAsync(() -> reply.next(LONG));
        reply.close();

        awaitClientGone();
        assertThatThrownBy(() -> reader.get(20, TimeUnit.SECONDS)).hasRootCauseInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> reply.next(LONG)).isInstanceOf(CancellationException.class);
    }

    @Test
    void close_whileTheUpstreamPours_cancelsIt() throws Exception {
        var provider = provider(PATIENT, http -> {
            http.openStream("text/event-stream");
            while (true) {
                http.piece(saying("a"));
            }
        });

        try (var reply = provider.ask(request(true))) {
            untilItSpeaks(reply);
        }

        awaitClientGone();
    }

    @Test
    void ask_interrupted_cancelsUpstream() throws Exception {
        var provider = provider(PATIENT, ScriptedUpstream.Exchange::stall);

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> provider.ask(request(true))).isInstanceOf(CancellationException.class);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void close_ofTheProvider_endsRunningCalls() throws Exception {
        var provider = provider(PATIENT, http -> {
            http.openStream("text/event-stream");
            http.piece(saying("a"));
            http.stall();
        });
        var reply = provider.ask(request(true));
        untilItSpeaks(reply);

        provider.close();

        assertThat(kind(failure(() -> next(reply)))).isEqualTo(Kind.TRUNCATED);
        awaitClientGone();
    }
}
