package io.perpetua.adapters.http.facts;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.perpetua.adapters.http.Call;
import io.perpetua.adapters.http.MemoryLane;
import io.perpetua.adapters.http.Replies;
import io.perpetua.adapters.http.access.Needs;
import io.perpetua.adapters.http.json.Fields;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.application.facts.KeepFacts;
import io.perpetua.application.facts.MeasureFacts;
import io.perpetua.application.facts.QueryFacts;
import io.perpetua.application.facts.QueryFacts.Answer;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.facts.Superseding.Kind;

/** Facts told, found and deleted. What comes of a call is measured from the reading of its body on. */
@Controller("/v1/facts")
@Needs(Permission.FACTS)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL)
final class FactsController {

    private final KeepFacts keepFacts;
    private final QueryFacts queryFacts;
    private final MeasureFacts measure;
    private final MemoryLane lane;

    FactsController(KeepFacts keepFacts, QueryFacts queryFacts, MeasureFacts measure, MemoryLane lane) {
        this.keepFacts = keepFacts;
        this.queryFacts = queryFacts;
        this.measure = measure;
        this.lane = lane;
    }

    @Post
    HttpResponse<?> add(HttpRequest<?> request, @Body byte[] body) {
        var telling = measure.inserting(() -> {
            var fields = Fields.of(body);
            var scope = Call.of(request).scope(fields);
            var told = FactRequests.statement(fields, keepFacts.now());
            return lane.during(request, () -> keepFacts.add(scope, told));
        });
        var json = Json.bytes(FactViews.of(telling));
        return telling.kind() == Kind.NEW
                ? Replies.json(HttpResponse.created(""), json)
                : Replies.json(HttpResponse.ok(), json);
    }

    @Post("/query")
    HttpResponse<?> query(HttpRequest<?> request, @Body byte[] body) {
        Answer answer = measure.querying(() -> {
            var fields = Fields.of(body);
            var scope = Call.of(request).scope(fields);
            var asked = FactRequests.query(fields, keepFacts.now());
            return lane.during(
                    request,
                    () -> queryFacts.query(scope, asked.filter(), asked.text(), asked.cursor(), asked.limit()));
        });
        return Replies.ok(FactViews.of(answer));
    }

    @Get("/{id:[^/]+}")
    HttpResponse<?> get(HttpRequest<?> request) {
        var call = Call.of(request);
        return Replies.ok(FactViews.of(keepFacts.get(call.scope(), id(call))));
    }

    @Delete("/{id:[^/]+}")
    HttpResponse<?> delete(HttpRequest<?> request) {
        var call = Call.of(request);
        String id = id(call);
        keepFacts.delete(call.scope(), id);
        return Replies.ok(Json.object().put("fact_id", id).put("deleted", true));
    }

    private static String id(Call call) {
        return Call.identifier("fact_id", call.segment(3));
    }
}
