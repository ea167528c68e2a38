package io.perpetua.adapters.llm.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.http.Dialect;
import io.perpetua.adapters.llm.http.ErrorBody;
import io.perpetua.adapters.llm.http.StreamReader;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.application.routing.ChatProvider.ProviderRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Google's Gemini API, in the version that its own clients use.
 *
 * @see <a href="https://ai.google.dev/api/generate-content">Generating content</a>
 * @see <a href="https://ai.google.dev/gemini-api/docs/thought-signatures">Thought signatures</a>
 */
public final class GeminiDialect implements Dialect {

    private final Supplier<String> ids;
    private final InstantSource clock;

    /**
     * The dialect.
     *
     * @param ids names calls, which the provider often leaves nameless; never the same twice
     * @param clock dates answers, which do not say when they were made
     */
    public GeminiDialect(Supplier<String> ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /** The model's name is the client's: whatever it holds, it stays one segment of the path. */
    @Override
    public String path(ProviderRequest request) {
        String model =
                URLEncoder.encode(request.model(), StandardCharsets.UTF_8).replace("+", "%20");
        return "/v1beta/models/" + model + (request.stream() ? ":streamGenerateContent?alt=sse" : ":generateContent");
    }

    @Override
    public Map<String, String> headers(@Nullable String key) {
        return key == null ? Map.of() : Map.of("x-goog-api-key", key);
    }

    @Override
    public String body(ProviderRequest request) {
        return Json.write(new ContentRequest(request).json());
    }

    @Override
    public @Nullable Completion completion(ProviderRequest request, String text, ObjectNode json) {
        var completion = new WholeContent(request.model(), ids, clock).completion(json);
        return completion == null ? null : new Completion(Json.write(completion), completion);
    }

    @Override
    public StreamReader reader(ProviderRequest request) {
        return new ContentStream(request.model(), ids, clock.instant().getEpochSecond());
    }

    @Override
    public ErrorBody error(JsonNode json) {
        return ErrorBody.of(json).withoutJson();
    }
}
