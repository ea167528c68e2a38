package io.perpetua.benchmarks.resilience;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;

/** A client that trusts nothing: it judges what it is given by what an answer has to be. Safe for concurrent use. */
final class Caller {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI url;
    private final Duration patience;

    /**
     * A client of whoever speaks OpenAI's protocol at {@code url}.
     *
     * @param patience how long an answer may take in all
     */
    Caller(String url, Duration patience) {
        this.url = URI.create(url + "/chat/completions");
        this.patience = patience;
    }

    /** Sends the prompt of that number, in a conversation of its own. */
    Exchange send(int prompt, String model, boolean stream) throws IOException {
        var request = JSON.createObjectNode()
                .put("model", model)
                .put("stream", stream)
                .put("conversation_id", "chaos-" + prompt);
        request.putArray("messages")
                .addObject()
                .put("role", "user")
                .put("content", "What do you say to " + ChaosUpstream.prompt(prompt) + "?");
        return new Exchange(url, patience, request.toString());
    }

    /** Sends the prompt and takes all that comes. */
    Seen call(int prompt, String model, boolean stream) {
        var seen = new Hearing(prompt, stream);
        try (var exchange = send(prompt, model, stream)) {
            int status = exchange.status();
            seen.status(status);
            if (status == 200 && stream) {
                events(exchange, seen);
            } else {
                seen.body(JSON.readTree(exchange.rest()));
            }
        } catch (SocketTimeoutException e) {
            return seen.end(Fate.HUNG);
        } catch (JsonProcessingException e) {
            return seen.end(Fate.UNINTELLIGIBLE);
        } catch (IOException e) {
            return seen.end(Fate.SILENTLY_TRUNCATED);
        }
        return seen.end();
    }

    /** Reads a stream up to its first content. */
    static void untilItSpeaks(Exchange exchange) throws IOException {
        exchange.status();
        for (String line = exchange.nextLine(); line != null; line = exchange.nextLine()) {
            if (line.contains("\"content\":\"") && !line.contains("\"content\":\"\"")) {
                return;
            }
        }
        throw new IOException("it ended without a word");
    }

    private void events(Exchange exchange, Hearing seen) throws IOException {
        boolean error = false;
        for (String line = exchange.nextLine(); line != null; line = exchange.nextLine()) {
            if (seen.elapsed() > patience.toNanos()) {
                throw new SocketTimeoutException("only comments come");
            }
            if (line.startsWith("event:")) {
                error = line.contains("error");
            } else if (line.startsWith("data:")) {
                String data = line.substring("data:".length()).strip();
                if (data.equals("[DONE]")) {
                    seen.done();
                } else if (error) {
                    seen.error(JSON.readTree(data));
                } else {
                    seen.chunk(JSON.readTree(data));
                }
            }
        }
    }
}
