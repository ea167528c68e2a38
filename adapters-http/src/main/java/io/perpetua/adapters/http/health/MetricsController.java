package io.perpetua.adapters.http.health;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.perpetua.adapters.http.access.Open;
import io.perpetua.application.metrics.Exposition;
import java.nio.charset.StandardCharsets;

/** The server's figures, for whoever scrapes them. They tell of no tenant, user or conversation. */
@Controller("/metrics")
@Open
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL)
final class MetricsController {

    private final Exposition figures;

    MetricsController(Exposition figures) {
        this.figures = figures;
    }

    @Get
    HttpResponse<?> get() {
        return HttpResponse.ok(figures.text().getBytes(StandardCharsets.UTF_8))
                .header(HttpHeaders.CONTENT_TYPE, figures.contentType());
    }
}
