package io.perpetua.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.benchmarks.load.Reply.Allowance;
import io.perpetua.benchmarks.resilience.Answer;
import io.perpetua.benchmarks.resilience.Completion;
import io.perpetua.benchmarks.resilience.Completion.Usage;
import io.perpetua.benchmarks.resilience.Port;
import io.perpetua.benchmarks.resilience.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client of servers that do one thing each. */
class ClientTest {

    private static final int PROMPT = 7;
    private static final String JSON = "application/json";
    private static final String QUEUE = ",\"queue\":{\"waiting\":1000}";

    @FunctionalInterface
    private interface Response {
        void to(Wire wire) throws IOException;
    }

    @ParameterizedTest
    @CsvSource({
        "429 Too Many, queue_full, true, REFUSED",
        "503 Unavailable, queue_timeout, true, REFUSED",
        "429 Too Many, user_queue_full, true, REFUSED",
        "429 Too Many, rate_limit_exceeded, true, REFUSED",
        "429 Too Many, queue_full, false, FAILED",
        "429 Too Many, insufficient_quota, false, REFUSED",
        "429 Too Many, something, true, FAILED",
        "500 Broken, queue_full, true, FAILED",
        "400 Bad, rate_limit_exceeded, true, FAILED"
    })
    void send_errors_areRefusalsIfTheySayWhenToComeAgain(String status, String code, boolean when, Ending ending)
            throws IOException {
        String body = "{\"error\":{\"message\":\"no\",\"code\":\"" + code + "\"}" + (when ? QUEUE : "") + "}";
        var reply = send(
                false,
                wire -> wire.respond(status, JSON, body, when ? new String[] {"Retry-After: 3"} : new String[0]));
        assertThat(reply.ending()).isEqualTo(ending);
        assertThat(reply.status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.retryAfter()).isEqualTo(when ? 3 : -1);
        assertThat(reply.numbers()).isEqualTo(when);
        assertThat(reply.unannounced()).isEqualTo(ending == Ending.FAILED);
    }

    @Test
    void send_anAnswerWithItsAccount_isRead() throws IOException {
        String body = Completion.whole(answer(PROMPT), new Usage(1, 0, 1)).replaceFirst("}$", """
                ,"perpetual_metadata":{"queue_wait_ms":12,"cost_usd":0.25}}""");
        var reply = send(
                false,
                wire -> wire.respond(
                        "200 OK",
                        JSON,
                        body,
                        "X-RateLimit-Limit: 7",
                        "X-RateLimit-Remaining: 6",
                        "X-RateLimit-Reset: 9"));
        assertThat(reply.answered()).isTrue();
        assertThat(reply.waitMs()).isEqualTo(12);
        assertThat(reply.cost()).isEqualTo(0.25);
        assertThat(reply.limit()).isEqualTo(new Allowance(7, 6, "9"));
    }

    @Test
    void send_anAnswerWithoutAccount_knowsNoWait() throws IOException {
        var reply =
                send(false, wire -> wire.respond("200 OK", JSON, Completion.whole(answer(PROMPT), new Usage(1, 0, 1))));
        assertThat(reply.answered()).isTrue();
        assertThat(reply.waitMs()).isNaN();
        assertThat(reply.cost()).isNaN();
        assertThat(reply.limit()).isNull();
    }

    @Test
    void send_anAnswerToSomebodyElse_isNone() throws IOException {
        var reply = send(
                false, wire -> wire.respond("200 OK", JSON, Completion.whole(answer(PROMPT + 1), new Usage(1, 0, 1))));
        assertThat(reply.ending()).isEqualTo(Ending.CUT_OFF);
    }

    @Test
    void send_aWholeStream_isAnswered() throws IOException {
        var reply = send(true, wire -> {
            wire.openStream();
            wire.pieces(events() + String.join("", Completion.ending(new Usage(1, 0, 1))) + Completion.DONE);
            wire.endStream();
        });
        assertThat(reply.answered()).isTrue();
        assertThat(reply.firstNanos()).isPositive().isLessThanOrEqualTo(reply.wholeNanos());
    }

    @Test
    void send_aStreamWithoutDone_isCutOff() throws IOException {
        var reply = send(true, wire -> {
            wire.openStream();
            wire.pieces(events() + String.join("", Completion.ending(new Usage(1, 0, 1))));
            wire.endStream();
        });
        assertThat(reply.ending()).isEqualTo(Ending.CUT_OFF);
    }

    @Test
    void send_aStreamWithAnErrorInIt_hasFailed() throws IOException {
        var reply = send(true, wire -> {
            wire.openStream();
            wire.pieces(events() + "event: error\ndata: {\"error\":{\"message\":\"no\",\"code\":\"gone\"}}\n\n");
            wire.endStream();
        });
        assertThat(reply.ending()).isEqualTo(Ending.FAILED);
        assertThat(reply.code()).isEqualTo("gone");
    }

    @Test
    void send_aConnectionThatBreaks_isCutOff() throws IOException {
        var reply = send(true, wire -> {
            wire.openStream();
            wire.pieces(events());
            wire.close();
        });
        assertThat(reply.ending()).isEqualTo(Ending.CUT_OFF);
    }

    @Test
    void send_silence_isWaitedOut() throws IOException {
        try (var server = server(wire -> {})) {
            var impatient = new Client(address(server), Duration.ofMillis(5));
            assertThat(impatient.send(request(true)).ending()).isEqualTo(Ending.HUNG);
        }
    }

    @Test
    void leave_aStreamThatHasBegun_isLeft() throws IOException {
        try (var server = server(wire -> {
            wire.openStream();
            wire.pieces(events());
        })) {
            assertThat(client(server).leave(request(true), Duration.ofHours(1)).ending())
                    .isEqualTo(Ending.LEFT);
        }
    }

    @Test
    void leave_silence_isLeftInTime() throws IOException {
        try (var server = server(wire -> {})) {
            assertThat(client(server)
                            .leave(request(false), Duration.ofMillis(5))
                            .ending())
                    .isEqualTo(Ending.LEFT);
        }
    }

    @Test
    void codes_ofReplies_areCountedApartFromAnswers() {
        var answered = new Reply(Ending.ANSWERED, 200, "", -1, false, 1, 1, 0, 0, null);
        var full = new Reply(Ending.REFUSED, 429, "queue_full", 1, true, 1, 1, 0, 0, null);
        var cut = new Reply(Ending.CUT_OFF, 0, "", -1, false, 1, 1, 0, 0, null);
        assertThat(Reply.codes(List.of(answered))).isEqualTo("none");
        assertThat(Reply.codes(List.of(full, cut, answered, full))).isEqualTo("{0=1, 429 queue_full=2}");
    }

    private static Reply send(boolean stream, Response response) throws IOException {
        try (var server = server(response)) {
            return client(server).send(request(stream));
        }
    }

    private static Port server(Response response) throws IOException {
        return new Port((socket, body) -> {
            var wire = new Wire(socket, new SplittableRandom(1));
            response.to(wire);
            return new Port.Ongoing(wire, () -> {});
        });
    }

    private static Client client(Port server) {
        return new Client(address(server), Duration.ofMinutes(1));
    }

    private static String address(Port server) {
        return server.url().replace("/v1", "");
    }

    private static Request request(boolean stream) {
        return new Request("m", "u", "c", PROMPT, 3).stream(stream);
    }

    private static String answer(int prompt) {
        return Answer.of("a", prompt, 5, 10);
    }

    private static String events() {
        return String.join("", Completion.saying(answer(PROMPT), new SplittableRandom(1)));
    }
}
