package io.perpetua.adapters.http.commands;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import io.perpetua.adapters.http.Replies;
import io.perpetua.adapters.http.access.Needs;
import io.perpetua.adapters.http.json.Fields;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.application.commands.AuditLog.Who;
import io.perpetua.application.commands.Outcome;
import io.perpetua.application.commands.RunCommands;
import io.perpetua.application.commands.RunCommands.Command;
import io.perpetua.application.commands.RunCommands.Result;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.commands.Judgement;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What command lines would do, and their running. */
@Controller("/v1/commands")
@Needs(Permission.COMMANDS)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL)
final class CommandsController {

    private static final String COMMAND = "command";

    private final @Nullable RunCommands commands;

    CommandsController(@Nullable RunCommands commands) {
        this.commands = commands;
    }

    @Post("/validate")
    HttpResponse<?> validate(@Body byte[] body) {
        var fields = Fields.of(body);
        var judged = commands().validate(fields.text(COMMAND), folder(fields));
        return Replies.ok(json(judged));
    }

    @Post
    HttpResponse<?> run(HttpRequest<?> request, @Body byte[] body) {
        var fields = Fields.of(body);
        var caller = Call.of(request).caller();
        var who = new Who(caller.key(), caller.access().tenant(), null);
        var result = commands().run(new Command(who, fields.text(COMMAND), folder(fields), null));
        var outcome = result.outcome();
        if (outcome == null) {
            throw refused(result);
        }
        return Replies.ok(json(result, outcome));
    }

    private RunCommands commands() {
        if (commands == null) {
            throw new RequestRefused(
                    Reason.NOT_FOUND, "commands_off", null, "commands are off here: no workspace is configured");
        }
        return commands;
    }

    private static String folder(Fields fields) {
        String folder = fields.textOrNull("workdir");
        return folder == null || folder.isEmpty() ? "." : folder;
    }

    private static RequestRefused refused(Result result) {
        var judged = result.judgement();
        return new RequestRefused(
                Reason.FORBIDDEN,
                "command_not_allowed",
                COMMAND,
                "the command is " + judged.kind().wire() + " and is not run: " + judged.reason() + " (audit "
                        + result.auditId() + ")");
    }

    private static ObjectNode json(Judgement judged) {
        var json = Json.object();
        json.put("class", judged.kind().wire());
        json.put("allowed", judged.allowed());
        json.put("reason", judged.reason());
        judged.argv().forEach(json.putArray("argv")::add);
        var parts = json.putArray("commands");
        for (var part : judged.parts()) {
            var each = parts.addObject();
            part.argv().forEach(each.putArray("argv")::add);
            each.put("class", part.kind().wire());
            each.put("reason", part.reason());
        }
        return json;
    }

    private static ObjectNode json(Result result, Outcome outcome) {
        return Json.object()
                .put("exit_code", outcome.exitCode())
                .put("stdout", outcome.stdout())
                .put("stderr", outcome.stderr())
                .put("truncated", outcome.truncated())
                .put("ending", outcome.ending().name().toLowerCase(Locale.ROOT))
                .put("duration_ms", result.took().toMillis())
                .put("audit_id", result.auditId())
                .put("recorded", result.recorded());
    }
}
