package io.perpetua.adapters.http.journal;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.perpetua.adapters.http.Call;
import io.perpetua.adapters.http.Replies;
import io.perpetua.adapters.http.access.Needs;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.application.journal.BrowseJournal;
import io.perpetua.application.journal.Journal.Page;
import io.perpetua.application.journal.Journal.Selection;
import io.perpetua.domain.access.Permission;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The journal: what became of the caller's turns. */
@Controller("/v1/turns")
@Needs(Permission.MEMORY)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL)
final class JournalController {

    private static final String CURSOR = "cursor";
    private static final String NAMESPACE = "namespace";
    private static final String CONVERSATION = "conversation";
    private static final int MOST = 1_000;
    private static final int USUAL = 100;

    private final BrowseJournal journal;

    JournalController(BrowseJournal journal) {
        this.journal = journal;
    }

    @Get
    HttpResponse<?> turns(HttpRequest<?> request) {
        var page = page(Call.of(request));
        var json = Json.object();
        var data = json.putArray("data");
        page.rows().forEach(row -> data.add(RowView.of(row)));
        return Replies.ok(json.put("next_cursor", page.next()));
    }

    private Page page(Call call) {
        String cursor = call.query(CURSOR);
        int limit = call.query("limit", 1, MOST, USUAL);
        var selection = selection(call);
        try {
            return journal.page(selection, cursor, limit);
        } catch (IllegalArgumentException e) {
            if (cursor == null) {
                throw e;
            }
            throw refused(CURSOR, "the next_cursor of another page", e);
        }
    }

    private static Selection selection(Call call) {
        String conversation = call.query(CONVERSATION);
        boolean anyNamespace = conversation == null && call.query(NAMESPACE) == null;
        var scope = call.scope();
        return new Selection(
                scope.tenant(),
                time(call, "from", Instant.EPOCH),
                time(call, "to", Instant.MAX),
                anyNamespace ? null : scope.namespace(),
                conversation == null ? null : Call.identifier(CONVERSATION, conversation));
    }

    private static Instant time(Call call, String name, Instant otherwise) {
        String text = call.query(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw refused(name, "a time in ISO 8601 with its offset, such as 2026-03-04T12:00:00Z", e);
        }
    }

    private static RequestRefused refused(String name, String expected, @Nullable Throwable cause) {
        var refused = new RequestRefused(Reason.INVALID, "invalid_value", name, "'" + name + "': expected " + expected);
        if (cause != null) {
            refused.initCause(cause);
        }
        return refused;
    }
}
