package io.perpetua.adapters.http.vision;

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
import io.perpetua.adapters.http.Replies;
import io.perpetua.adapters.http.access.Needs;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.application.vision.BrowseDocuments;
import io.perpetua.domain.access.Permission;

/** The documents that are kept, to look at and to erase; also where no more are indexed. */
@Controller("/v1/vision/documents")
@Needs(Permission.VISION)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL)
final class DocumentsController {

    private static final String CURSOR = "cursor";
    private static final int MOST = 200;

    private final BrowseDocuments documents;

    DocumentsController(BrowseDocuments documents) {
        this.documents = documents;
    }

    @Get
    HttpResponse<?> list(HttpRequest<?> request) {
        var call = Call.of(request);
        String cursor = call.query(CURSOR);
        int limit = call.query("limit", 1, MOST, 50);
        var page = documents.list(call.scope(), cursor == null ? null : Call.identifier(CURSOR, cursor), limit);
        var json = Json.object();
        var data = json.putArray("data");
        page.forEach(document -> data.add(DocumentView.of(document)));
        return Replies.ok(json.put(
                "next_cursor", page.size() < limit ? null : page.getLast().id()));
    }

    @Get("/{id:[^/]+}")
    HttpResponse<?> get(HttpRequest<?> request) {
        var call = Call.of(request);
        return Replies.ok(DocumentView.of(documents.get(call.scope(), id(call))));
    }

    @Delete("/{id:[^/]+}")
    HttpResponse<?> erase(HttpRequest<?> request) {
        var call = Call.of(request);
        String id = id(call);
        documents.erase(call.scope(), id);
        return Replies.ok(Json.object().put("doc_id", id).put("erased", true));
    }

    private static String id(Call call) {
        return Call.identifier("doc_id", call.segment(4));
    }
}
