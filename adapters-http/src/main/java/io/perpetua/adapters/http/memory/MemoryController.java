package io.perpetua.adapters.http.memory;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
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
import io.perpetua.adapters.http.json.RawObject;
import io.perpetua.application.memory.AddMemory;
import io.perpetua.application.memory.QueryMemory;
import io.perpetua.application.memory.QueryMemory.MemoryQuery;
import io.perpetua.application.memory.QueryMemory.Recollection;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.conversation.ConversationKey;
import java.util.Set;

/** Turns stored, and recalled, without a provider call. */
@Controller("/v1/memory")
@Needs(Permission.MEMORY)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL)
final class MemoryController {

    private static final String CONVERSATION = "conversation_id";
    private static final int MOST_MATCHES = 50;
    private static final int WIDEST_WINDOW = 20;
    private static final int MOST_TOKENS = 1_000_000;

    private final AddMemory addMemory;
    private final QueryMemory queryMemory;
    private final DatedMessages datedMessages;
    private final MemoryLane lane;

    MemoryController(AddMemory addMemory, QueryMemory queryMemory, DatedMessages datedMessages, MemoryLane lane) {
        this.addMemory = addMemory;
        this.queryMemory = queryMemory;
        this.datedMessages = datedMessages;
        this.lane = lane;
    }

    @Post("/add")
    HttpResponse<?> add(HttpRequest<?> request, @Body byte[] body) {
        var raw = RawObject.of(Json.text(body), "");
        var fields = raw.fields("", Set.of(CONVERSATION, "namespace"));
        String id = fields.textOrNull(CONVERSATION);
        if (id != null) {
            Call.identifier(CONVERSATION, id);
        }
        var scope = Call.of(request).scope(fields);
        var said = datedMessages.read(raw);
        var added = lane.during(request, () -> addMemory.add(scope, id, said));
        var json = Json.object().put(CONVERSATION, added.key().id());
        json.putArray("turns").add(added.turns().first()).add(added.turns().last());
        json.put("tokens", added.tokens());
        if (!added.degraded().isEmpty()) {
            added.degraded().forEach(json.putArray("degraded")::add);
        }
        return Replies.ok(json);
    }

    @Post("/query")
    HttpResponse<?> query(HttpRequest<?> request, @Body byte[] body) {
        var fields = Fields.of(body);
        String id = Call.identifier(CONVERSATION, fields.text(CONVERSATION));
        var query = new MemoryQuery(
                new ConversationKey(Call.of(request).scope(fields), id),
                fields.text("query"),
                fields.integerOrNull("top_k", 1, MOST_MATCHES),
                fields.integerOrNull("window", 0, WIDEST_WINDOW),
                fields.integerOrNull("token_budget", 1, MOST_TOKENS));
        return reply(lane.during(request, () -> queryMemory.query(query)));
    }

    private static HttpResponse<?> reply(Recollection recollection) {
        var json = Json.object();
        var matches = json.putArray("matches");
        for (var match : recollection.matches()) {
            matches.addObject()
                    .put("turn", match.turn().number())
                    .put("role", match.turn().message().role().wire())
                    .put("text", match.turn().message().text())
                    .put("score", match.score())
                    .put("semantic", match.semantic())
                    .put("lexical", match.lexical());
        }
        recollection.turns().forEach(json.putArray("turns")::add);
        json.put("context", recollection.context()).put("total_tokens", recollection.totalTokens());
        recollection.degraded().forEach(json.putArray("degraded")::add);
        return Replies.ok(json.put("latency_ms", recollection.latencyMs()));
    }
}
