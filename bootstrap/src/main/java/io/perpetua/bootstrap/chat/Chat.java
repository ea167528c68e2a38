package io.perpetua.bootstrap.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.bootstrap.Complaint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perpetua chat}: talks to a running server, and shows after each answer what it cost. */
@Command(
        name = "chat",
        description = "Talk to a running server; an empty line or the end of input ends the conversation.",
        mixinStandardHelpOptions = true)
public final class Chat implements Callable<Integer> {

    private static final String DATA = "data: ";

    @Option(
            names = "--url",
            defaultValue = "http://127.0.0.1:8081",
            description = "The server (default: ${DEFAULT-VALUE}).")
    private URI url = URI.create("http://127.0.0.1:8081");

    @Option(names = "--model", defaultValue = "auto", description = "The model (default: ${DEFAULT-VALUE}).")
    private String model = "auto";

    @Option(
            names = "--conversation",
            paramLabel = "ID",
            description = "A conversation to go on with; a new one by default.")
    private @Nullable String conversation;

    @Option(names = "--key", paramLabel = "KEY", description = "An API key, where the server wants one.")
    private @Nullable String key;

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public Integer call() throws IOException, InterruptedException {
        String id = conversation == null ? "chat-" + UUID.randomUUID() : conversation;
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (var client = HttpClient.newHttpClient()) {
            prompt();
            for (String line = input.readLine(); line != null && !line.isBlank(); line = input.readLine()) {
                say(client, id, line);
                prompt();
            }
        }
        System.out.println();
        return 0;
    }

    private void prompt() {
        System.out.print("\n> ");
        System.out.flush();
    }

    private void say(HttpClient client, String id, String text) throws IOException, InterruptedException {
        var body =
                json.createObjectNode().put("model", model).put("stream", true).put("conversation_id", id);
        body.putArray("messages").addObject().put("role", "user").put("content", text);
        var request = HttpRequest.newBuilder(url.resolve("/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        HttpResponse<InputStream> response;
        try {
            response = client.send(request.build(), BodyHandlers.ofInputStream());
        } catch (ConnectException e) {
            throw new Complaint("Nobody listens at " + url + "; start the server with ./perpetua serve");
        }
        try (var stream = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            if (response.statusCode() == 200) {
                show(stream);
            } else {
                complain(json.readTree(stream));
            }
        }
    }

    private void show(BufferedReader stream) throws IOException {
        for (String line = stream.readLine(); line != null; line = stream.readLine()) {
            if (!line.startsWith(DATA) || line.equals(DATA + "[DONE]")) {
                continue;
            }
            JsonNode chunk = json.readTree(line.substring(DATA.length()));
            if (chunk.has("error")) {
                complain(chunk);
            }
            System.out.print(
                    chunk.path("choices").path(0).path("delta").path("content").asText(""));
            System.out.flush();
            if (chunk.has("perpetual_metadata")) {
                meter(chunk.get("perpetual_metadata"));
            }
        }
    }

    private static void complain(JsonNode body) {
        System.out.println("! " + body.path("error").path("message").asText("the server gave no reason"));
    }

    /** One line on what the turn cost: the bar is the budget, filled with what was sent. */
    private static void meter(JsonNode metadata) {
        var tokens = metadata.path("tokens");
        int budget = Math.max(1, tokens.path("budget").asInt());
        int sent = tokens.path("sent").asInt();
        int full = Math.min(20, (int) Math.ceil(20.0 * sent / budget));
        System.out.printf(
                Locale.ROOT,
                "%n  [%s%s] %,d of %,d tokens sent, %,d saved · %s · %s%n",
                "▓".repeat(full),
                "░".repeat(20 - full),
                sent,
                tokens.path("budget").asInt(),
                tokens.path("saved").asInt(),
                metadata.path("mode_used").asText(),
                metadata.path("model").asText());
    }
}
