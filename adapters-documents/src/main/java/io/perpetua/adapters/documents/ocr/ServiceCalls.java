package io.perpetua.adapters.documents.ocr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.adapters.documents.Failures;
import io.perpetua.application.vision.DocumentFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Calls of an OCR service: each in time, of bounded size, and repeated where that may help. */
final class ServiceCalls implements AutoCloseable {

    /* The timeout holds for a whole call, its body included, and not only for its head. What the service says to be the
     * caller's mistake (4xx) is not asked again. */

    private static final int MOST_ANSWER = 8 << 20;
    private static final int SERVER_ERROR = 500;
    private static final int OK = 200;
    private static final int REDIRECTION = 300;

    private final ServiceSettings settings;
    private final HttpClient client;
    private final ObjectMapper json = new ObjectMapper();

    ServiceCalls(ServiceSettings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.timeout())
                .build();
    }

    JsonNode post(String path, JsonNode body) {
        return call(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
    }

    JsonNode get(String path) {
        return call(request(path).GET().build());
    }

    private HttpRequest.Builder request(String path) {
        String base = settings.url().toString().replaceAll("/+$", "");
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(settings.timeout());
    }

    private JsonNode call(HttpRequest request) {
        var delay = settings.delay();
        for (int attempt = 0; ; attempt++) {
            try {
                return once(request);
            } catch (DocumentFailure e) {
                if (e.kind() == DocumentFailure.Kind.REFUSED
                        || attempt >= settings.retries()
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
            pause(delay);
            delay = delay.multipliedBy(2);
        }
    }

    /** An answer, whole. */
    private record Answer(int status, int length, String body) {}

    private JsonNode once(HttpRequest request) {
        CompletableFuture<HttpResponse<InputStream>> call = client.sendAsync(request, BodyHandlers.ofInputStream());
        var whole = call.thenApplyAsync(ServiceCalls::read, Thread::startVirtualThread);
        try {
            var answer = whole.get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
            if (answer.length() > MOST_ANSWER) {
                throw senseless("more than " + MOST_ANSWER + " bytes", null);
            }
            if (answer.status() >= SERVER_ERROR) {
                throw unavailable("status " + answer.status(), null);
            }
            if (answer.status() < OK || answer.status() >= REDIRECTION) {
                throw Failures.refused(
                        "ocr_refused", "the OCR service refused the request: status " + answer.status(), null);
            }
            return json.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw senseless("no JSON", e);
        } catch (TimeoutException e) {
            throw unavailable("no answer within " + settings.timeout().toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw unavailable("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted();
        } finally {
            end(call);
        }
    }

    private static Answer read(HttpResponse<InputStream> response) {
        try (var body = response.body()) {
            byte[] bytes = body.readNBytes(MOST_ANSWER + 1);
            return new Answer(response.statusCode(), bytes.length, new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes what may still be coming. */
    private static void end(CompletableFuture<HttpResponse<InputStream>> call) {
        call.cancel(true);
        if (call.isDone() && !call.isCompletedExceptionally()) {
            try {
                call.join().body().close();
            } catch (IOException e) {
                // it is over either way
            }
        }
    }

    /** Waits before asking again. */
    void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted();
        }
    }

    private static DocumentFailure unavailable(String what, @Nullable Throwable cause) {
        return Failures.recogniserUnavailable("the OCR service: " + what, cause);
    }

    /** It answered, and the answer means nothing; asking again would bring the same. */
    static DocumentFailure senseless(String what, @Nullable Throwable cause) {
        return Failures.refused("ocr_failed", "the OCR service answered with " + what, cause);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
