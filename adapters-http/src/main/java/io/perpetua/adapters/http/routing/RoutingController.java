package io.perpetua.adapters.http.routing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.perpetua.adapters.http.Messages;
import io.perpetua.adapters.http.Replies;
import io.perpetua.adapters.http.access.Callers;
import io.perpetua.adapters.http.access.Needs;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.adapters.http.json.RawObject;
import io.perpetua.application.chat.ExplainRoute;
import io.perpetua.application.resilience.Circuits.Condition;
import io.perpetua.application.routing.BrowseProviders;
import io.perpetua.application.routing.BrowseProviders.Model;
import io.perpetua.application.routing.Models;
import io.perpetua.application.routing.RecentCalls.Summary;
import io.perpetua.domain.access.Permission;
import java.util.Locale;
import java.util.Set;

/** Whom a request would be asked of, and how those are who may be asked. */
@Controller("/v1")
@Needs(Permission.CHAT)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL)
final class RoutingController {

    private static final String MODEL = "model";
    private static final String STATE = "state";

    private final Messages messages;
    private final ExplainRoute explainRoute;
    private final BrowseProviders browseProviders;

    RoutingController(Messages messages, ExplainRoute explainRoute, BrowseProviders browseProviders) {
        this.messages = messages;
        this.explainRoute = explainRoute;
        this.browseProviders = browseProviders;
    }

    @Post("/route")
    HttpResponse<?> route(HttpRequest<?> request, @Body byte[] body) {
        var raw = RawObject.of(Json.text(body), "");
        String model = raw.fields("", Set.of(MODEL)).textOrNull(MODEL);
        var explained = explainRoute.explain(
                model == null ? Models.AUTO : model,
                messages.read(raw),
                Callers.of(request).access());
        var json = Json.object().put("intent", explained.intent().wire());
        var ladder = json.putArray("ladder");
        for (var rung : explained.ladder()) {
            var entry = ladder.addObject()
                    .put("provider", rung.target().model().provider())
                    .put(MODEL, rung.target().model().name())
                    .put("score", rung.score());
            state(entry, rung.condition());
        }
        return Replies.ok(json.put("reason", explained.reason()));
    }

    @Get("/providers")
    @Needs(Permission.ADMIN)
    HttpResponse<?> providers() {
        var json = Json.object();
        var providers = json.putArray("providers");
        browseProviders.browse().forEach(provider -> providers.add(provider(provider)));
        return Replies.ok(json);
    }

    private static ObjectNode provider(BrowseProviders.Provider provider) {
        var json = Json.object()
                .put("name", provider.name())
                .put("health", provider.health().name().toLowerCase(Locale.ROOT));
        var models = json.putArray("models");
        provider.models().forEach(model -> models.add(model(model)));
        return json;
    }

    private static ObjectNode model(Model model) {
        var json = Json.object().put(MODEL, model.name());
        state(json, model.condition());
        var scores = json.putObject("scores");
        model.scores().forEach((intent, score) -> scores.put(intent.wire(), score));
        return json.set("recent", recent(model.recent()));
    }

    private static void state(ObjectNode json, Condition condition) {
        json.put(STATE, condition.state().wire());
        if (!condition.rest().isZero()) {
            json.put("retry_after_ms", condition.rest().toMillis());
        }
    }

    private static ObjectNode recent(Summary recent) {
        var json = Json.object().put("calls", recent.calls());
        var failures = json.putObject("failures");
        recent.failures().forEach((kind, count) -> failures.put(kind.wire(), count));
        json.putObject("latency_ms").put("p50", recent.p50Ms()).put("p95", recent.p95Ms());
        return json.put("price_missing", recent.priceMissing());
    }
}
