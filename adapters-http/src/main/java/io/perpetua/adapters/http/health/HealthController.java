package io.perpetua.adapters.http.health;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.perpetua.adapters.http.Replies;
import io.perpetua.adapters.http.access.Open;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.application.Health;
import io.perpetua.application.Health.Dependency;
import java.util.List;

/** Whether the server lives, whether to send it requests, and how the things it depends on are. */
@Controller("/health")
@Open
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL)
final class HealthController {

    private static final String STATUS = "status";
    private static final String UP = "UP";
    private static final String DEGRADED = "DEGRADED";
    private static final String DOWN = "DOWN";

    private final Health health;
    private final Readiness readiness;

    HealthController(Health health, Readiness readiness) {
        this.health = health;
        this.readiness = readiness;
    }

    @Get
    HttpResponse<?> all() {
        var dependencies = health.check();
        String status = status(dependencies);
        var json = Json.object().put(STATUS, status);
        var entries = json.putObject("dependencies");
        for (var each : dependencies) {
            entries.putObject(each.name())
                    .put(STATUS, each.up() ? UP : DOWN)
                    .put("needed", each.needed())
                    .put("detail", each.detail())
                    .put("latency_ms", each.latencyMs());
        }
        return reply(status, Json.bytes(json));
    }

    /** Asks nothing of anyone: a server is not to be restarted because its database is down. */
    @Get("/liveness")
    HttpResponse<?> liveness() {
        return reply(UP, Json.bytes(Json.object().put(STATUS, UP)));
    }

    @Get("/readiness")
    HttpResponse<?> readiness() {
        var phase = readiness.phase();
        String status = phase == Readiness.Phase.SERVING ? status(health.check()) : DOWN;
        return reply(status, Json.bytes(Json.object().put(STATUS, status).put("phase", phase.wire())));
    }

    private static String status(List<Dependency> dependencies) {
        if (dependencies.stream().allMatch(Dependency::up)) {
            return UP;
        }
        return dependencies.stream().anyMatch(each -> each.needed() && !each.up()) ? DOWN : DEGRADED;
    }

    private static HttpResponse<?> reply(String status, byte[] body) {
        return status.equals(DOWN)
                ? Replies.json(
                        HttpResponse.status(HttpStatus.SERVICE_UNAVAILABLE).header(HttpHeaders.RETRY_AFTER, "5"), body)
                : Replies.json(HttpResponse.ok(), body);
    }
}
