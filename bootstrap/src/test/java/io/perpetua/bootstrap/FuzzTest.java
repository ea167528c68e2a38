package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.bootstrap.ApiDescription.Operation;
import io.perpetua.bootstrap.RawConnection.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/*
 * Requests are made from the API's own description and damaged: values, names, encodings, lengths, headers, methods,
 * paths, bytes. Whatever comes, the server answers within a limit, never as if it were at fault, and its errors have the
 * one shape; a good request works all the while; and what is alive in the heap stays within bounds. Each request is made
 * from the seed and its number alone.
 */
class FuzzTest {

    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 2_000);
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_129);
    private static final int CLIENTS = 4;
    private static final int GOOD_EVERY = 200;
    private static final Duration HANG = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMillis(150);
    private static final long MEGABYTE = 1 << 20;
    /** What the second half of the requests may leave alive. */
    private static final long MOST_GROWTH = 32 * MEGABYTE;

    private final AtomicInteger next = new AtomicInteger();
    private final Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();

    @Test
    void fuzz_everyEndpoint_isAnsweredAsItShouldBe(@TempDir Path folder) throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path workspace = Files.createDirectory(folder.resolve("workspace"));
        var settings = Map.of("PERPETUA_HTTP_REQUEST_DEADLINE", "10s", "PERPETUA_WORKSPACE", workspace.toString());
        try (var server = ServerProcess.start(data, settings)) {
            var api = new ApiDescription(
                    server.http().get("/openapi", "application/json").ok());
            var operations = api.operations();
            run(server, api, operations, REQUESTS / 2);
            long before = server.liveHeap();
            run(server, api, operations, REQUESTS);
            long after = server.liveHeap();
            System.out.printf(
                    "%d requests from seed %d over %d operations, statuses %s; alive %d MB, then %d MB%n",
                    REQUESTS, SEED, operations.size(), new TreeMap<>(statuses), before / MEGABYTE, after / MEGABYTE);
            assertThat(after - before).isLessThan(MOST_GROWTH);
        }
        assertThat(Files.readString(folder.resolve("data.log")))
                .doesNotContain("Request failed, reference")
                .doesNotContain("LEAK");
    }

    private void run(ServerProcess server, ApiDescription api, List<Operation> operations, int until) throws Exception {
        try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < CLIENTS; i++) {
                running.add(threads.submit(() -> {
                    fuzz(server, api, operations, until);
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }
    }

    private void fuzz(ServerProcess server, ApiDescription api, List<Operation> operations, int until)
            throws IOException {
        RawConnection connection = new RawConnection(server.port());
        try {
            for (int number = next.getAndIncrement(); number < until; number = next.getAndIncrement()) {
                var request = FuzzedRequest.of(api, operations, SEED, number);
                boolean usable = false;
                try {
                    usable = check(connection, request);
                } catch (IOException | RuntimeException | AssertionError e) {
                    throw new AssertionError("request " + number + " of seed " + SEED + ": " + request, e);
                }
                if (!usable) {
                    connection.close();
                    connection = new RawConnection(server.port());
                }
                if (number % GOOD_EVERY == 0) {
                    assertThat(server.http()
                                    .post("/v1/chat/completions", good(number))
                                    .ok()
                                    .at("/choices/0/message/content")
                                    .asText())
                            .isNotBlank();
                }
            }
            next.decrementAndGet();
        } finally {
            connection.close();
        }
    }

    /** Whether the connection can be used again. */
    private boolean check(RawConnection connection, FuzzedRequest request) throws IOException {
        connection.send(request.bytes());
        if (request.complete()) {
            var answer = connection.answer(HANG, request.head());
            check(answer, request.head());
            return !answer.closes();
        }
        var answer = connection.answerIfAny(PATIENCE, HANG, request.head());
        if (answer != null) {
            check(answer, request.head());
        }
        return false;
    }

    private void check(Answer answer, boolean bare) throws IOException {
        statuses.computeIfAbsent(answer.status(), status -> new AtomicInteger()).incrementAndGet();
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        if (answer.status() >= 500) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(503);
            assertThat(answer.header("retry-after")).matches("\\d+");
        }
        if (answer.status() >= 400 && !bare) {
            assertThat(answer.header("content-type")).isEqualTo("application/json");
            var error = Http.JSON.readTree(answer.body()).path("error");
            assertThat(error.fieldNames()).toIterable().contains("message", "type", "param", "code");
            assertThat(error.path("message").asText()).isNotBlank();
        }
    }

    private static JsonNode good(int number) {
        var body = Http.JSON.createObjectNode().put("model", "auto").put("user", "good");
        body.putArray("messages").addObject().put("role", "user").put("content", "Good request " + number);
        return body;
    }
}
