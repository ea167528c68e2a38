package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Many clients that send large bodies at once to a server with little memory. Part of the long fuzzing. */
@EnabledIfSystemProperty(named = "fuzz.requests", matches = "\\d{5,}")
class ManyBytesTest {

    private static final int CLIENTS = 40;
    private static final int BODY = 8 << 20;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void bodies_moreThanFit_areRefusedAndTheRestIsServed(@TempDir Path folder) throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        try (var server = ServerProcess.start(data, Map.of(), "512m")) {
            var statuses = new ArrayList<Integer>();
            for (int round = 0; round < 3; round++) {
                statuses.addAll(sendAll(server.port()));
                assertThat(server.http().get("/health/liveness").status()).isEqualTo(200);
            }
            System.out.println("answers to bodies of 8 MB: " + statuses);
            assertThat(statuses).hasSize(3 * CLIENTS).containsOnly(400, 503).contains(400);
        }
        assertThat(Files.readString(folder.resolve("data.log"))).doesNotContain("OutOfMemory");
    }

    private static List<Integer> sendAll(int port) throws Exception {
        var together = new CyclicBarrier(CLIENTS);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sent = new ArrayList<Future<Integer>>();
            for (int i = 0; i < CLIENTS; i++) {
                sent.add(threads.submit(() -> send(port, together)));
            }
            var statuses = new ArrayList<Integer>();
            for (var each : sent) {
                statuses.add(each.get());
            }
            return statuses;
        }
    }

    /** Messages beyond every context window, so that all of them are read and counted, and none is stored. */
    private static int send(int port, CyclicBarrier together) throws Exception {
        String message = "{\"role\":\"user\",\"content\":\"" + "many words ".repeat(800) + "\"}";
        String body = "{\"model\":\"auto\",\"use_memory\":false,\"messages\":["
                + String.join(",", Collections.nCopies(BODY / message.length(), message)) + "]}";
        byte[] request = ("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
        try (var connection = new RawConnection(port)) {
            together.await();
            connection.send(request);
            var answer = connection.answer(LIMIT, false);
            if (answer.status() == 503) {
                assertThat(answer.header("retry-after")).isEqualTo("1");
                assertThat(answer.body()).contains("too_many_bytes");
            }
            return answer.status();
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        }
    }
}
