package io.perpetua.adapters.llm.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.http.Dialect;
import io.perpetua.adapters.llm.http.ErrorBody;
import io.perpetua.adapters.llm.http.StreamReader;
import io.perpetua.application.routing.ChatProvider.ProviderRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's chat completions. What this server speaks towards its clients, so answers are handed on as they came, and
 * requests go out as they were written but for the endpoint's quirks.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">Chat completions</a>
 */
public final class OpenAiDialect implements Dialect {

    private final Quirks quirks;

    public OpenAiDialect(Quirks quirks) {
        this.quirks = quirks;
    }

    @Override
    public String path(ProviderRequest request) {
        return "/chat/completions";
    }

    @Override
    public Map<String, String> headers(@Nullable String key) {
        return key == null ? Map.of() : Map.of("Authorization", "Bearer " + key);
    }

    @Override
    public String body(ProviderRequest request) {
        return RequestJson.of(request, quirks);
    }

    @Override
    public @Nullable Completion completion(ProviderRequest request, String text, ObjectNode json) {
        boolean answers = json.path("choices").path(0).path("message").isObject();
        return answers ? new Completion(text, json) : null;
    }

    @Override
    public StreamReader reader(ProviderRequest request) {
        return new OpenAiStream();
    }

    @Override
    public ErrorBody error(JsonNode json) {
        return ErrorBody.of(json);
    }
}
