package io.perpetua.adapters.http.conversation;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.perpetua.adapters.http.Call;
import io.perpetua.adapters.http.PulledBody;
import io.perpetua.adapters.http.Replies;
import io.perpetua.adapters.http.access.Needs;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.application.conversation.BrowseConversations;
import io.perpetua.application.conversation.Conversations.Page;
import io.perpetua.domain.access.Permission;
import org.reactivestreams.Publisher;

/** Conversations to look at, take away, and erase. */
@Controller("/v1/conversations")
@Needs(Permission.MEMORY)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL)
final class ConversationsController {

    private static final String CURSOR = "cursor";
    private static final String LIMIT = "limit";
    private static final int MOST_CONVERSATIONS = 200;
    private static final int MOST_TURNS = 1_000;

    private final BrowseConversations conversations;

    ConversationsController(BrowseConversations conversations) {
        this.conversations = conversations;
    }

    @Get
    HttpResponse<?> list(HttpRequest<?> request) {
        var page = page(Call.of(request));
        var json = Json.object();
        var data = json.putArray("data");
        page.conversations().forEach(conversation -> data.add(Views.of(conversation)));
        return Replies.ok(json.put("next_cursor", page.next()));
    }

    private Page page(Call call) {
        String cursor = call.query(CURSOR);
        int limit = call.query(LIMIT, 1, MOST_CONVERSATIONS, 50);
        try {
            return conversations.list(call.scope(), cursor, limit);
        } catch (IllegalArgumentException e) {
            if (cursor == null) {
                throw e;
            }
            // What a cursor looks like is known to the store alone.
            var refused = new RequestRefused(
                    Reason.INVALID, "invalid_value", CURSOR, "'cursor': expected the next_cursor of another page");
            refused.initCause(e);
            throw refused;
        }
    }

    @Get("/{id:[^/]+}")
    HttpResponse<?> get(HttpRequest<?> request) {
        return Replies.ok(Views.of(conversations.get(Call.of(request).conversation())));
    }

    @Get("/{id:[^/]+}/turns")
    HttpResponse<?> turns(HttpRequest<?> request) {
        var call = Call.of(request);
        int limit = call.query(LIMIT, 1, MOST_TURNS, 100);
        var turns = conversations.turns(call.conversation(), call.query("after", 0, Integer.MAX_VALUE, 0), limit);
        var json = Json.object();
        var data = json.putArray("data");
        turns.forEach(turn -> data.add(Views.of(turn)));
        return Replies.ok(json.put(
                "next_after",
                turns.size() < limit ? null : (Integer) turns.getLast().number()));
    }

    /** The type says bytes, or the framework would make a JSON array of what it is given. */
    @Get("/{id:[^/]+}/export")
    HttpResponse<Publisher<byte[]>> export(HttpRequest<?> request) {
        var key = Call.of(request).conversation();
        var document = new ExportDocument(conversations, conversations.export(key));
        return HttpResponse.<Publisher<byte[]>>ok(new PulledBody(document))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    @Delete("/{id:[^/]+}")
    HttpResponse<?> erase(HttpRequest<?> request) {
        var key = Call.of(request).conversation();
        conversations.erase(key);
        return Replies.ok(Json.object().put("id", key.id()).put("erased", true));
    }
}
