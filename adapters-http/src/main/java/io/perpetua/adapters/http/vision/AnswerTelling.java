package io.perpetua.adapters.http.vision;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.perpetua.application.vision.VisionListener;
import io.perpetua.application.vision.VisionListener.Call;
import io.perpetua.application.vision.VisionListener.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells of every answer to a call that concerns documents: by its status, so that no way out is missed. */
@ServerFilter("/v1/vision/**")
@Order(AnswerTelling.BEFORE_ALL)
final class AnswerTelling {

    static final int BEFORE_ALL = -1_000;

    private static final String START = "perpetua.vision.start";
    private static final Map<String, Call> CALLS =
            Map.of("/v1/vision/search", Call.SEARCH, "/v1/vision/decode", Call.DECODE, "/v1/vision/index", Call.INDEX);

    private static final Pattern TRAILING = Pattern.compile("/+$");

    private final List<VisionListener> listeners;

    AnswerTelling(List<VisionListener> listeners) {
        this.listeners = listeners;
    }

    @RequestFilter
    void begin(HttpRequest<?> request) {
        request.setAttribute(START, System.nanoTime());
    }

    @ResponseFilter
    void tell(HttpRequest<?> request, HttpResponse<?> response) {
        var call = call(request);
        if (call != null) {
            var took = request.getAttribute(START, Long.class)
                    .map(start -> Duration.ofNanos(System.nanoTime() - start))
                    .orElse(Duration.ZERO);
            var outcome = outcome(response.code());
            listeners.forEach(listener -> listener.answered(call, outcome, took));
        }
    }

    private static @Nullable Call call(HttpRequest<?> request) {
        return request.getMethod() == HttpMethod.POST
                ? CALLS.get(TRAILING.matcher(request.getPath()).replaceAll(""))
                : null;
    }

    private static Outcome outcome(int status) {
        if (status < HttpStatus.BAD_REQUEST.getCode()) {
            return Outcome.OK;
        }
        if (status == HttpStatus.TOO_MANY_REQUESTS.getCode()) {
            return Outcome.LIMITED;
        }
        if (status < HttpStatus.INTERNAL_SERVER_ERROR.getCode()) {
            return Outcome.REFUSED;
        }
        return status == HttpStatus.SERVICE_UNAVAILABLE.getCode() || status == HttpStatus.INSUFFICIENT_STORAGE.getCode()
                ? Outcome.UNAVAILABLE
                : Outcome.FAILED;
    }
}
