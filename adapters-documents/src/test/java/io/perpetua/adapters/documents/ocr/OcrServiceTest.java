package io.perpetua.adapters.documents.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.perpetua.application.vision.DocumentFailure;
import io.perpetua.application.vision.DocumentFailure.Kind;
import io.perpetua.application.vision.RegionDecoder.Decoded;
import io.perpetua.domain.vision.Fidelity;
import io.perpetua.domain.vision.RegionType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real HTTP, with a service that does what it is told to. */
class OcrServiceTest {

    private static final BufferedImage IMAGE = new BufferedImage(200, 100, BufferedImage.TYPE_BYTE_GRAY);
    private static final String GOOD =
            "{\"results\": [{\"region_id\": \"region\", \"text\": \"what it says\", \"confidence\": 0.75}]}";

    /** An answer; a status of 0 for none at all, of 1 for one that stops in the middle. */
    private record Answer(int status, String body) {}

    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server = made();
    private final OcrService service = service(Duration.ofSeconds(5));

    private static HttpServer made() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private OcrService service(Duration timeout) {
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return new OcrService(new ServiceSettings(url, timeout, 2, Duration.ofMillis(1), Duration.ofSeconds(20)));
    }

    @BeforeEach
    void start() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        service.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
            var answer = answers.size() > 1 ? answers.remove() : answers.peek();
            if (answer == null || answer.status() == 0) {
                over.await();
                return;
            }
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            if (answer.status() == 1) {
                exchange.sendResponseHeaders(200, bytes.length + 10);
                exchange.getResponseBody().write(bytes);
                exchange.getResponseBody().flush();
                over.await();
                return;
            }
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answers(Answer... wanted) {
        answers.addAll(List.of(wanted));
    }

    @Test
    void decode_isWhatTheServiceSays() throws IOException {
        answers(new Answer(200, GOOD));
        assertThat(service.decode(IMAGE, 200, Fidelity.FINE)).isEqualTo(new Decoded("what it says", 0.75));
        String call = calls.getFirst();
        assertThat(call).startsWith("POST /v1/ocr/decode ");
        var sent = new ObjectMapper().readTree(call.substring("POST /v1/ocr/decode ".length()));
        assertThat(sent.path("fidelity").asText()).isEqualTo("5x");
        assertThat(sent.at("/regions/0/image").asText()).startsWith("iVBORw0KGgo");
    }

    @Test
    void page_isAskedForUntilItIsDone() {
        answers(
                new Answer(202, "{\"job_id\": \"j-1\", \"status\": \"queued\"}"),
                new Answer(200, "{\"job_id\": \"j-1\", \"status\": \"running\"}"),
                new Answer(
                        200,
                        "{\"job_id\": \"j-1\", \"status\": \"succeeded\", \"regions\": [{\"type\": \"table\", \"text\": \"a | b\","
                                + " \"confidence\": 1, \"bbox\": {\"x\": 0, \"y\": 10, \"w\": 200, \"h\": 90}}]}"));
        var regions = service.page(IMAGE, 200);
        assertThat(regions).singleElement().satisfies(region -> {
            assertThat(region.type()).isEqualTo(RegionType.TABLE);
            assertThat(region.text()).isEqualTo("a | b");
            assertThat(region.bounds().right()).isEqualTo(72);
        });
        assertThat(calls).hasSize(3);
        assertThat(calls.getLast()).isEqualTo("GET /v1/ocr/jobs/j-1 ");
    }

    @Test
    void decode_whatMayPass_isTriedTwiceMore() {
        answers(new Answer(503, ""), new Answer(500, "x"), new Answer(200, GOOD));
        assertThat(service.decode(IMAGE, 200, Fidelity.EXACT).text()).isEqualTo("what it says");
        assertThat(calls).hasSize(3);
    }

    @Test
    void decode_whatDoesNotPass_isUnavailable() {
        answers(new Answer(503, ""));
        assertThat(failure(service).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(calls).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 413, 429, 302})
    void decode_whatIsRefused_isNotTriedAgain(int status) {
        answers(new Answer(status, "{}"));
        assertThat(failure(service).kind()).isEqualTo(Kind.REFUSED);
        assertThat(calls).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not JSON",
                "[]",
                "{}",
                "{\"results\": []}",
                "{\"results\": [{\"region_id\": \"other\", \"text\": \"x\"}]}",
                "{\"results\": [{\"region_id\": \"region\", \"text\": \"x\", \"confidence\": 7}]}",
                "{\"results\": [{\"region_id\": \"region\", \"text\": \"x\"}]}",
                "{\"results\": [{\"region_id\": \"region\", \"error\": \"blurred\"}]}",
                "[[[["
            })
    void decode_answerWithoutSense_isRefused(String body) {
        answers(new Answer(200, body));
        var failure = failure(service);
        assertThat(failure.code()).isEqualTo("ocr_failed");
        assertThat(calls).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\": \"failed\"}",
                "{\"status\": \"queued\", \"job_id\": \"../../etc\"}",
                "{\"status\": 5}",
                "{\"status\": \"succeeded\"}",
                "{\"status\": \"succeeded\", \"regions\": [{\"type\": \"text\"}]}",
                "{\"status\": \"succeeded\", \"regions\": [{\"type\": \"text\", \"bbox\": {\"x\": 1, \"y\": 1, \"w\": 999, \"h\": 1}}]}"
            })
    void page_answerWithoutSense_isRefused(String body) {
        answers(new Answer(200, body));
        var failure = catchThrowableOfType(DocumentFailure.class, () -> service.page(IMAGE, 200));
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void decode_tooLongAnAnswer_isRefused() {
        answers(new Answer(200, "\"" + "x".repeat(9 << 20) + "\""));
        assertThat(failure(service).code()).isEqualTo("ocr_failed");
    }

    @Test
    void decode_answerThatNeverComesOrStops_isUnavailableInTime() {
        try (var hasty = service(Duration.ofMillis(300))) {
            answers(new Answer(0, ""));
            assertThat(failure(hasty).kind()).isEqualTo(Kind.UNAVAILABLE);
            answers.clear();
            answers(new Answer(1, "{\"results\""));
            assertThat(failure(hasty).kind()).isEqualTo(Kind.UNAVAILABLE);
        }
    }

    @Test
    void decode_nobodyThere_isUnavailable() {
        server.stop(0);
        assertThat(failure(service).kind()).isEqualTo(Kind.UNAVAILABLE);
        server = made();
    }

    private static DocumentFailure failure(OcrService service) {
        return catchThrowableOfType(DocumentFailure.class, () -> service.decode(IMAGE, 200, Fidelity.EXACT));
    }
}
