package io.perpetua.adapters.http.tokens;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.perpetua.adapters.http.Call;
import io.perpetua.adapters.http.Messages;
import io.perpetua.adapters.http.Replies;
import io.perpetua.adapters.http.access.Needs;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.adapters.http.json.RawObject;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.application.tokens.CountTokens;
import io.perpetua.application.tokens.CountTokens.Count;
import io.perpetua.domain.access.Permission;
import java.util.Set;

/** What a text, or messages, cost a model. */
@Controller("/v1/tokens")
@Needs(Permission.CHAT)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL)
final class TokensController {

    private final CountTokens countTokens;
    private final Messages messages;

    TokensController(CountTokens countTokens, Messages messages) {
        this.countTokens = countTokens;
        this.messages = messages;
    }

    @Post
    HttpResponse<?> count(@Body byte[] body) {
        var count = count(RawObject.of(Json.text(body), ""));
        return Replies.ok(Json.object().put("tokens", count.tokens()).put("estimator", count.estimator()));
    }

    private Count count(RawObject body) {
        var fields = body.fields("", Set.of("model", "text"));
        String model = Call.identifier("model", fields.text("model"));
        String text = fields.textOrNull("text");
        boolean hasMessages = body.get("messages") != null;
        if ((text == null) != hasMessages) {
            throw new RequestRefused(
                    Reason.INVALID,
                    "invalid_value",
                    "text",
                    "expected either 'text' or 'messages', not both or neither");
        }
        return text == null ? countTokens.ofMessages(model, messages.read(body)) : countTokens.ofText(model, text);
    }
}
