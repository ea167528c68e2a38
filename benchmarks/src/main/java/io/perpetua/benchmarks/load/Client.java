package io.perpetua.benchmarks.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.benchmarks.resilience.Exchange;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;

/**
 * Clients that trust nothing: each request has a connection of its own, and what comes is judged word by word. Safe for
 * concurrent use.
 */
final class Client {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI url;
    private final Duration patience;

    /**
     * Clients of a server.
     *
     * @param patience how long nothing may come
     */
    Client(String server, Duration patience) {
        this.url = URI.create(server + "/v1/chat/completions");
        this.patience = patience;
    }

    /** Sends a request and takes all that comes. */
    Reply send(Request request) {
        var reading = new Reading(request.prompt());
        try (var exchange = new Exchange(url, patience, request.headers(), request.body())) {
            head(exchange, reading);
            if (reading.isStream()) {
                events(exchange, reading, false);
            } else {
                reading.body(JSON.readTree(exchange.rest()));
            }
        } catch (SocketTimeoutException e) {
            return reading.end(Ending.HUNG);
        } catch (JsonProcessingException e) {
            return reading.end(Ending.FAILED);
        } catch (IOException e) {
            return reading.end(Ending.CUT_OFF);
        }
        return reading.end();
    }

    /** Sends a request and leaves: a stream at its first content, an answer in one piece after so long. */
    Reply leave(Request request, Duration after) {
        var reading = new Reading(request.prompt());
        Duration stay = request.stream() ? patience : after;
        try (var exchange = new Exchange(url, stay, request.headers(), request.body())) {
            head(exchange, reading);
            if (reading.isStream()) {
                events(exchange, reading, true);
                return reading.hasContent() ? reading.end(Ending.LEFT) : reading.end();
            }
            reading.body(JSON.readTree(exchange.rest()));
        } catch (SocketTimeoutException e) {
            return reading.end(request.stream() ? Ending.HUNG : Ending.LEFT);
        } catch (IOException e) {
            return reading.end(Ending.CUT_OFF);
        }
        return reading.end();
    }

    private static void head(Exchange exchange, Reading reading) throws IOException {
        reading.status(exchange.status());
        reading.contentType(exchange.header("content-type"));
        reading.retryAfter(exchange.header("retry-after"));
        reading.limit(
                exchange.header("x-ratelimit-limit"),
                exchange.header("x-ratelimit-remaining"),
                exchange.header("x-ratelimit-reset"));
    }

    private static void events(Exchange exchange, Reading reading, boolean untilContent) throws IOException {
        boolean error = false;
        for (String line = exchange.nextLine(); line != null; line = exchange.nextLine()) {
            if (line.startsWith("event:")) {
                error = line.contains("error");
            } else if (line.startsWith("data:")) {
                String data = line.substring("data:".length()).strip();
                if (data.equals("[DONE]")) {
                    reading.done();
                } else if (error) {
                    reading.error(JSON.readTree(data));
                } else {
                    reading.chunk(JSON.readTree(data));
                }
                if (untilContent && reading.hasContent()) {
                    return;
                }
            }
        }
    }
}
