package io.perpetua.adapters.http.conversation;

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
import io.perpetua.adapters.http.Replies;
import io.perpetua.adapters.http.access.Needs;
import io.perpetua.adapters.http.json.Fields;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.application.memory.KeepAnchors;
import io.perpetua.domain.access.Permission;
import org.jspecify.annotations.Nullable;

/** A conversation's anchors: what is always sent. */
@Controller("/v1/conversations/{id:[^/]+}/anchors")
@Needs(Permission.MEMORY)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL)
final class AnchorsController {

    private static final String TEXT = "text";
    private static final int LONGEST_TEXT = 8_000;
    private static final int LONGEST_TAG = 64;
    private static final int HIGHEST_PRIORITY = 1_000;

    private final KeepAnchors keepAnchors;

    AnchorsController(KeepAnchors keepAnchors) {
        this.keepAnchors = keepAnchors;
    }

    @Get
    HttpResponse<?> list(HttpRequest<?> request) {
        var json = Json.object();
        var data = json.putArray("data");
        keepAnchors.list(Call.of(request).conversation()).forEach(anchor -> data.add(Views.of(anchor)));
        return Replies.ok(json);
    }

    @Post
    HttpResponse<?> pin(HttpRequest<?> request, @Body byte[] body) {
        var fields = Fields.of(body);
        String text = fields.text(TEXT);
        if (text.isBlank() || text.length() > LONGEST_TEXT) {
            throw fields.invalid(
                    TEXT, "1 to " + LONGEST_TEXT + " characters, not all blank", text.length() + " of them");
        }
        var anchor = keepAnchors.pin(
                Call.of(request).conversation(),
                text,
                tag(fields),
                fields.integer("priority", -HIGHEST_PRIORITY, HIGHEST_PRIORITY, 0));
        return Replies.json(HttpResponse.created(""), Json.bytes(Views.of(anchor)));
    }

    @Delete("/{anchor:[^/]+}")
    HttpResponse<?> remove(HttpRequest<?> request) {
        var call = Call.of(request);
        String id = Call.identifier("anchor", call.segment(5));
        keepAnchors.remove(call.conversation(), id);
        return Replies.ok(Json.object().put("id", id).put("removed", true));
    }

    private static @Nullable String tag(Fields fields) {
        String tag = fields.textOrNull("tag");
        if (tag != null && (tag.isBlank() || tag.length() > LONGEST_TAG)) {
            throw fields.invalid("tag", "1 to " + LONGEST_TAG + " characters", tag.length() + " of them");
        }
        return tag;
    }
}
