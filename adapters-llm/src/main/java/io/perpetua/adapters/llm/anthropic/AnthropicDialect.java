package io.perpetua.adapters.llm.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.http.Dialect;
import io.perpetua.adapters.llm.http.ErrorBody;
import io.perpetua.adapters.llm.http.StreamReader;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.application.routing.ChatProvider.ProviderRequest;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic's Messages API.
 *
 * @see <a href="https://docs.claude.com/en/api/messages">Messages</a>
 * @see <a href="https://docs.claude.com/en/docs/build-with-claude/streaming">Streaming messages</a>
 */
public final class AnthropicDialect implements Dialect {

    private static final String VERSION = "2023-06-01";

    private final List<ClaudeModel> models;
    private final InstantSource clock;

    /**
     * The dialect.
     *
     * @param models what is known about models; others are credited with what the newest take
     * @param clock dates answers, which do not say when they were made
     */
    public AnthropicDialect(List<ClaudeModel> models, InstantSource clock) {
        this.models = List.copyOf(models);
        this.clock = clock;
    }

    @Override
    public String path(ProviderRequest request) {
        return "/v1/messages";
    }

    @Override
    public Map<String, String> headers(@Nullable String key) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("anthropic-version", VERSION);
        if (key != null) {
            headers.put("x-api-key", key);
        }
        return headers;
    }

    @Override
    public String body(ProviderRequest request) {
        return Json.write(new MessagesRequest(request, ClaudeModel.find(models, request.model())).json());
    }

    @Override
    public @Nullable Completion completion(ProviderRequest request, String text, ObjectNode json) {
        if (!json.path("content").isArray()) {
            return null;
        }
        var completion =
                WholeMessage.completion(request.model(), json, clock.instant().getEpochSecond());
        return new Completion(Json.write(completion), completion);
    }

    @Override
    public StreamReader reader(ProviderRequest request) {
        return new MessageStream(request.model(), clock.instant().getEpochSecond());
    }

    @Override
    public ErrorBody error(JsonNode json) {
        return ErrorBody.of(json).withoutJson();
    }
}
