package io.perpetua.adapters.http.health;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.perpetua.adapters.http.access.Open;
import io.perpetua.application.metrics.Exposition;
import io.perpetua.application.metrics.Exposition.Format;
import java.nio.charset.StandardCharsets;

/** The server's figures, for whoever scrapes them. They tell of no tenant, user or conversation. */
@Controller("/metrics")
@Open
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL)
final class MetricsController {

    /** Whoever can read it prefers it, whatever the order. */
    private static final String OPEN_METRICS = "application/openmetrics-text";

    private final Exposition figures;

    MetricsController(Exposition figures) {
        this.figures = figures;
    }

    @Get
    HttpResponse<?> get(HttpRequest<?> request) {
        var format = format(String.join(",", request.getHeaders().getAll(HttpHeaders.ACCEPT)));
        return HttpResponse.ok(figures.text(format).getBytes(StandardCharsets.UTF_8))
                .header(HttpHeaders.CONTENT_TYPE, format.contentType());
    }

    private static Format format(String accepted) {
        return accepted.contains(OPEN_METRICS) ? Format.OPEN_METRICS : Format.PROMETHEUS;
    }
}
