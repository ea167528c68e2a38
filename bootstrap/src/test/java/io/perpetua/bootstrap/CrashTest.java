package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/*
 * Writers talk to the server over several conversations each, one exchange after the other, and write down what was
 * acknowledged: the whole answer was there. Every now and then the server is killed in the middle of it, started again,
 * and asked for every turn it has. In all of it, a conversation's turns are numbered without gaps, what was acknowledged
 * is there once and in order, and what was not is there once at most.
 */
class CrashTest {

    private static final int KILLS = Integer.getInteger("crash.kills", 3);
    private static final int WRITERS = 4;
    private static final int CONVERSATIONS_EACH = 2;
    private static final long SEED = 20_261_120;

    /** A kill comes after so many more acknowledged exchanges at the latest, and up to so many nanoseconds later. */
    private static final int MOST_EXCHANGES = 80;

    private static final int MOST_DELAY = 30_000_000;

    private final AtomicInteger acknowledged = new AtomicInteger();

    @Test
    void kill_underLoad_losesNothingAcknowledged(@TempDir Path folder) throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        var random = new SplittableRandom(SEED);
        var writers = writers(random);
        for (int kill = 0; kill < KILLS; kill++) {
            try (var server = ServerProcess.start(data, Map.of())) {
                lookOver(server.http(), writers);
                writeUntilKilled(server, writers, random);
            }
        }
        try (var server = ServerProcess.start(data, Map.of())) {
            lookOver(server.http(), writers);
        }
        assertThat(acknowledged.get()).isGreaterThanOrEqualTo(KILLS);
        System.out.printf("%d kills, %d exchanges acknowledged, none lost%n", KILLS, acknowledged.get());
    }

    private void writeUntilKilled(ServerProcess server, List<Writer> writers, SplittableRandom random)
            throws Exception {
        int until = acknowledged.get() + 1 + random.nextInt(MOST_EXCHANGES);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (Writer writer : writers) {
                running.add(threads.submit(() -> writer.write(server.http(), acknowledged)));
            }
            ServerProcess.await("the load", () -> acknowledged.get() >= until);
            LockSupport.parkNanos(random.nextInt(MOST_DELAY));
            server.kill();
            for (Future<?> each : running) {
                each.get();
            }
        }
    }

    private static void lookOver(Http http, List<Writer> writers) throws IOException {
        for (Writer writer : writers) {
            for (Log log : writer.logs) {
                log.compare(http);
            }
        }
    }

    private static List<Writer> writers(SplittableRandom random) {
        var writers = new ArrayList<Writer>();
        for (int i = 0; i < WRITERS; i++) {
            var logs = new ArrayList<Log>();
            for (int j = 0; j < CONVERSATIONS_EACH; j++) {
                logs.add(new Log("conversation-" + i + "-" + j));
            }
            writers.add(new Writer(logs, random.split()));
        }
        return writers;
    }

    /** What was said, and what was answered if the whole answer came. */
    private record Exchange(String said, String answer, boolean acknowledged) {}

    /** One client: goes on with its conversations until the server is gone. */
    private record Writer(List<Log> logs, SplittableRandom random) {

        private void write(Http http, AtomicInteger acknowledged) {
            boolean alive = true;
            while (alive) {
                alive = logs.get(random.nextInt(logs.size())).write(http, random.nextInt(3));
                if (alive) {
                    acknowledged.incrementAndGet();
                }
            }
        }
    }

    /** What one conversation has to hold. */
    private static final class Log {

        private final String id;
        private final List<Exchange> exchanges = new ArrayList<>();

        Log(String id) {
            this.id = id;
        }

        /** Writes one exchange in one of three ways; false if the server did not acknowledge it. */
        boolean write(Http http, int way) {
            String said = "Parcel " + id.replace("conversation", "crate") + "-" + exchanges.size() + " has arrived.";
            try {
                String answer = switch (way) {
                    case 0 -> whole(http, said);
                    case 1 -> streamed(http, said);
                    default -> added(http, said);
                };
                exchanges.add(new Exchange(said, answer, true));
                return true;
            } catch (IOException e) {
                exchanges.add(new Exchange(said, "", false));
                return false;
            }
        }

        private String whole(Http http, String said) throws IOException {
            var reply = http.post("/v1/chat/completions", chat(said, false)).ok();
            return reply.at("/choices/0/message/content").asText();
        }

        private String streamed(Http http, String said) throws IOException {
            var answer = new StringBuilder();
            for (JsonNode chunk : http.stream("/v1/chat/completions", chat(said, true))) {
                answer.append(chunk.at("/choices/0/delta/content").asText(""));
            }
            return answer.toString();
        }

        private String added(Http http, String said) throws IOException {
            String answer = "Noted: " + said;
            var body = Http.JSON.createObjectNode().put("conversation_id", id);
            var messages = body.putArray("messages");
            messages.addObject().put("role", "user").put("content", said);
            messages.addObject().put("role", "assistant").put("content", answer);
            http.post("/v1/memory/add", body).ok();
            return answer;
        }

        private JsonNode chat(String said, boolean stream) {
            var body = Http.JSON
                    .createObjectNode()
                    .put("model", "offline")
                    .put("stream", stream)
                    .put("conversation_id", id);
            body.putArray("messages").addObject().put("role", "user").put("content", said);
            return body;
        }

        void compare(Http http) throws IOException {
            var turns = turns(http);
            for (int i = 0; i < turns.size(); i++) {
                assertThat(turns.get(i).path("turn").asInt()).as(id).isEqualTo(i + 1);
            }
            var texts = turns.stream().map(turn -> turn.path("text").asText()).toList();
            int after = -1;
            for (Exchange each : exchanges) {
                var places = places(texts, each.said());
                assertThat(places).as("%s: %s", id, each).hasSizeBetween(each.acknowledged() ? 1 : 0, 1);
                if (!places.isEmpty()) {
                    assertThat(places.getFirst()).as("%s: %s", id, each).isGreaterThan(after);
                    after = places.getFirst();
                }
                if (each.acknowledged()) {
                    assertThat(texts.get(++after)).as("%s: %s", id, each).isEqualTo(each.answer());
                }
            }
            remembers(http);
        }

        /** The last acknowledged text is found, so the index has caught up. */
        private void remembers(Http http) throws IOException {
            var known = exchanges.stream().filter(Exchange::acknowledged).toList();
            if (known.isEmpty()) {
                return;
            }
            var query = Http.JSON
                    .createObjectNode()
                    .put("conversation_id", id)
                    .put("query", known.getLast().said());
            var found = http.post("/v1/memory/query", query).ok();
            assertThat(found.path("matches").findValuesAsText("text"))
                    .as(id)
                    .contains(known.getLast().said());
        }

        private List<JsonNode> turns(Http http) throws IOException {
            var turns = new ArrayList<JsonNode>();
            String after = "0";
            while (!after.equals("null")) {
                var page = http.get("/v1/conversations/" + id + "/turns?limit=1000&after=" + after);
                if (page.status() == 404) {
                    return turns;
                }
                page.ok().path("data").forEach(turns::add);
                after = page.json().path("next_after").asText();
            }
            return turns;
        }

        private static List<Integer> places(List<String> texts, String text) {
            var places = new ArrayList<Integer>();
            for (int i = 0; i < texts.size(); i++) {
                if (texts.get(i).equals(text)) {
                    places.add(i);
                }
            }
            return places;
        }
    }
}
