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
import io.perpetua.adapters.http.guard.Endings;
import io.perpetua.adapters.http.json.Fields;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.application.facts.FactFigures.Insert;
import io.perpetua.application.facts.FactFigures.Query;
import io.perpetua.application.facts.KeepFacts;
import io.perpetua.application.facts.QueryFacts;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.facts.Superseding.Kind;

/** Facts told, found and deleted. */
@Controller("/v1/facts")
@Needs(Permission.FACTS)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL)
final class FactsController {

    private final KeepFacts keepFacts;
    private final QueryFacts queryFacts;
    private final MemoryLane lane;

    FactsController(KeepFacts keepFacts, QueryFacts queryFacts, MemoryLane lane) {
        this.keepFacts = keepFacts;
        this.queryFacts = queryFacts;
        this.lane = lane;
    }

    @Post
    HttpResponse<?> add(HttpRequest<?> request, @Body byte[] body) {
        var fields = Fields.of(body);
        var scope = Call.of(request).scope(fields);
        var told = FactRequests.statement(fields, keepFacts.now());
        var telling = lane.during(request, () -> keepFacts.add(scope, told));
        var json = Json.bytes(FactViews.of(telling));
        var reply = telling.kind() == Kind.NEW
                ? Replies.json(HttpResponse.created(""), json)
                : Replies.json(HttpResponse.ok(), json);
        return reply.header(Endings.DETAIL, insert(telling.kind()).wire());
    }

    private static Insert insert(Kind kind) {
        return switch (kind) {
            case NEW -> Insert.NEW;
            case DUPLICATE -> Insert.DUPLICATE;
            case CORROBORATED -> Insert.CORROBORATED;
            case REINSTATED -> Insert.REINSTATED;
        };
    }

    @Post("/query")
    HttpResponse<?> query(HttpRequest<?> request, @Body byte[] body) {
        var fields = Fields.of(body);
        var scope = Call.of(request).scope(fields);
        var asked = FactRequests.query(fields, keepFacts.now());
        var answer = lane.during(
                request, () -> queryFacts.query(scope, asked.filter(), asked.text(), asked.cursor(), asked.limit()));
        var outcome = answer.total() == 0 ? Query.NOTHING : Query.FOUND;
        return Replies.ok(FactViews.of(answer)).header(Endings.DETAIL, outcome.wire());
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
