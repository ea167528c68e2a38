package io.perpetua.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that leave before the first byte of their answer. */
@Timeout(30)
class LeavingTest {

    private static final String COMPLETIONS = "/v1/chat/completions";

    private final World world = new World();

    @AfterEach
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({
        "false, CLOSE",
        "true, CLOSE",
        "false, RESET",
        "true, RESET",
        "false, SEND_NO_MORE",
        "true, SEND_NO_MORE"
    })
    void complete_clientLeavesBeforeTheFirstByte_closesTheUpstreamCallAndKeepsTheQuestion(boolean stream, Leave leave)
            throws Exception {
        try (var client = client()) {
            client.post(COMPLETIONS, body(stream, "Are you there?"));
            world.provider.awaitAsked(1);
            leave.by(client);
            assertThat(world.provider.reply.closed.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(world.stored.poll(10, TimeUnit.SECONDS)).isEqualTo("Are you there?");
        }
        assertThat(world.stored).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void complete_anotherRequestFollowsMeanwhile_isNotTakenForLeaving(boolean stream) throws Exception {
        try (var client = client()) {
            client.send(RawClient.request(COMPLETIONS, body(stream, "Hi"))
                    + "GET /health/liveness HTTP/1.1\r\nHost: localhost\r\n\r\n");
            world.provider.awaitAsked(1);
            if (stream) {
                world.provider.reply.content("{}");
                world.provider.reply.end("{}");
                assertThat(client.head()).startsWith("HTTP/1.1 200");
                assertThat(client.rest()).endsWith("data: [DONE]\n\n");
            } else {
                world.provider.reply.whole(ScriptedProvider.COMPLETION);
                assertThat(client.body(client.head())).contains("Hello");
            }
            assertThat(client.head()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void complete_onAConnectionThatHasServedBefore_isCancelledAlone() throws Exception {
        try (var client = client();
                var other = client()) {
            world.provider.reply.whole(ScriptedProvider.COMPLETION);
            client.post(COMPLETIONS, body(false, "first"));
            assertThat(client.body(client.head())).contains("Hello");
            var leaving = world.provider.answerNext();
            client.post(COMPLETIONS, body(true, "second"));
            world.provider.awaitAsked(2);
            var staying = world.provider.answerNext();
            other.post(COMPLETIONS, body(false, "third"));
            world.provider.awaitAsked(3);

            Leave.CLOSE.by(client);

            assertThat(leaving.closed.await(10, TimeUnit.SECONDS)).isTrue();
            staying.whole(ScriptedProvider.COMPLETION);
            assertThat(other.body(other.head())).contains("Hello");
        }
    }

    /** Wherever they leave, in the queue, before the first byte, or in the middle: what they held is there again. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void complete_clientsLeaveAtAnyMoment_givesEveryPlaceBack(long seed) throws Exception {
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            var reply = world.provider.answerNext();
            if (random.nextBoolean()) {
                reply.content("{}");
            }
            try (var client = client()) {
                client.post(COMPLETIONS, body(true, "Are you there?"));
                long until = System.nanoTime() + random.nextInt(4_000_000);
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                List.of(Leave.CLOSE, Leave.RESET).get(random.nextInt(2)).by(client);
            }
        }
        while (world.admission.state().served() > 0) {
            Thread.onSpinWait(); // the test's time limit ends it
        }
        assertThat(world.admission.state().waiting()).isZero();
    }

    /** Ways to leave. */
    enum Leave {
        CLOSE {
            @Override
            void by(RawClient client) throws IOException {
                client.close();
            }
        },
        RESET {
            @Override
            void by(RawClient client) throws IOException {
                client.reset();
            }
        },
        SEND_NO_MORE {
            @Override
            void by(RawClient client) throws IOException {
                client.finishSending();
            }
        };

        abstract void by(RawClient client) throws IOException;
    }

    private RawClient client() throws IOException {
        return new RawClient(world.server.getPort());
    }

    private static String body(boolean stream, String text) {
        return "{\"model\":\"auto\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + text
                + "\"}]}";
    }
}
