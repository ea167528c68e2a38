package io.perpetua.benchmarks.instances;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/** Says tagged messages and reads conversations back. Safe for concurrent use. */
final class Talker implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int TRIES = 20;
    private static final int PAGE = 200;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Says {@code text} with its tag in the conversation that the tag names. */
    Answered say(String server, Tag tag, String text) throws InterruptedException {
        var body = JSON.createObjectNode()
                .put("model", "sim/" + TaggingModel.NAME)
                .put("conversation_id", tag.conversation());
        body.putArray("messages").addObject().put("role", "user").put("content", tag + " " + text);
        var request = HttpRequest.newBuilder(URI.create(server + "/v1/chat/completions"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        long start = System.nanoTime();
        try {
            var response = client.send(request, BodyHandlers.ofString());
            long nanos = System.nanoTime() - start;
            return answered(tag, response.statusCode(), JSON.readTree(response.body()), nanos);
        } catch (IOException e) {
            return new Answered(tag, false, 0, Set.of(), System.nanoTime() - start, 0);
        }
    }

    private static Answered answered(Tag tag, int status, JsonNode json, long nanos) {
        var metadata = json.path("perpetual_metadata");
        var degraded = new TreeSet<String>();
        metadata.path("degraded").forEach(each -> degraded.add(each.asText()));
        String answer = json.at("/choices/0/message/content").asText();
        boolean whole = status == 200
                && answer.contains(tag.toString())
                && metadata.path("conversation_id").asText().equals(tag.conversation());
        return new Answered(tag, whole, metadata.path("turn").asInt(), degraded, nanos, status);
    }

    /** A turn as it is kept. */
    record Kept(int number, String role, String text) {}

    /** All turns of a conversation. */
    List<Kept> turns(String server, String conversation) throws IOException, InterruptedException {
        var kept = new ArrayList<Kept>();
        for (int after = 0; ; after += PAGE) {
            var page = get(server + "/v1/conversations/" + conversation + "/turns?after=" + after + "&limit=" + PAGE);
            var turns = page.path("data");
            turns.forEach(turn -> kept.add(new Kept(
                    turn.path("turn").asInt(),
                    turn.path("role").asText(),
                    turn.path("text").asText())));
            if (turns.size() < PAGE) {
                return kept;
            }
        }
    }

    /** The ids of all conversations. */
    Set<String> conversations(String server) throws IOException, InterruptedException {
        var ids = new HashSet<String>();
        String cursor = "";
        do {
            var page = get(server + "/v1/conversations" + (cursor.isEmpty() ? "" : "?cursor=" + cursor));
            page.path("data").forEach(each -> ids.add(each.path("id").asText()));
            cursor = page.path("next_cursor").asText("");
        } while (!cursor.isEmpty());
        return ids;
    }

    /** Tries again where the store did not answer in time, which a busy machine is enough for. */
    JsonNode get(String url) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
        var response = client.send(request, BodyHandlers.ofString());
        for (int i = 0; i < TRIES && response.statusCode() == 503; i++) {
            LockSupport.parkNanos(PAUSE.toNanos());
            response = client.send(request, BodyHandlers.ofString());
        }
        if (response.statusCode() != 200) {
            throw new IOException(url + ": " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
