package io.perpetua.adapters.http.routing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.perpetua.adapters.http.Replies;
import io.perpetua.adapters.http.access.Callers;
import io.perpetua.adapters.http.access.Needs;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.application.routing.ModelInfo;
import io.perpetua.application.routing.Models;
import io.perpetua.application.routing.Offers;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.usage.Price;
import io.perpetua.domain.usage.Price.Rates;
import java.math.BigDecimal;

/** The models that the caller may ask, and the one name that leaves the choice to the server. */
@Controller("/v1/models")
@Needs(Permission.CHAT)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL)
final class ModelsController {

    private final Offers offers;

    ModelsController(Offers offers) {
        this.offers = offers;
    }

    @Get
    HttpResponse<?> list(HttpRequest<?> request) {
        var json = Json.object().put("object", "list");
        var data = json.putArray("data");
        add(data, Models.AUTO, "perpetua");
        var allowed = Callers.of(request).access().models();
        offers.now().models().all().stream()
                .filter(model -> allowed.permit(model.id()))
                .forEach(model -> describe(add(data, model.id(), model.provider()), model));
        return Replies.ok(json);
    }

    private static ObjectNode add(ArrayNode data, String id, String owner) {
        // OpenAI's clients want a date; when a model was made is not ours to know.
        return data.addObject()
                .put("id", id)
                .put("object", "model")
                .put("created", 0)
                .put("owned_by", owner);
    }

    private static void describe(ObjectNode json, ModelInfo model) {
        json.put("context_window", model.contextWindow());
        Price price = model.price();
        if (price != null) {
            var pricing = json.putObject("pricing").put("unit", "usd_per_million_tokens");
            describe(pricing, price.base());
            if (!price.tiers().isEmpty()) {
                var tiers = pricing.putArray("tiers");
                price.tiers().forEach(tier -> describe(tiers.addObject().put("above", tier.above()), tier.rates()));
            }
        }
    }

    private static void describe(ObjectNode json, Rates rates) {
        json.put("input", BigDecimal.valueOf(rates.input()))
                .put("cached_input", BigDecimal.valueOf(rates.cachedInput()))
                .put("cache_write", BigDecimal.valueOf(rates.cacheWrite()))
                .put("output", BigDecimal.valueOf(rates.output()));
    }
}
