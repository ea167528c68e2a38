package io.perpetua.adapters.llm.gemini;

import io.perpetua.adapters.llm.http.HttpProvider;
import io.perpetua.adapters.llm.http.ProviderSettings;
import io.perpetua.adapters.llm.http.ScriptedUpstream;
import io.perpetua.adapters.llm.http.Timeouts;
import io.perpetua.application.routing.ChatProvider;
import io.perpetua.application.routing.ChatProviderContract;
import io.perpetua.application.routing.ModelInfo;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class GeminiProviderTest extends ChatProviderContract {

    private static final String WHOLE = """
            {"candidates":[{"content":{"parts":[{"text":"Hi."}],"role":"model"},"finishReason":"STOP","index":0}],\
            "usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":2,"totalTokenCount":3}}""";

    private static final String STREAM = """
            data: {"candidates":[{"content":{"parts":[{"text":"Hi"}],"role":"model"},"index":0}]}

            data: {"candidates":[{"content":{"parts":[{"text":"."}],"role":"model"},"finishReason":"STOP","index":0}],\
            "usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":2,"totalTokenCount":3}}

            """;

    @SuppressWarnings("NullAway.Init") // made before each test
    private ScriptedUpstream upstream;

    @SuppressWarnings("NullAway.Init") // made before each test
    private HttpProvider provider;

    @BeforeEach
    void start() throws IOException {
        upstream = new ScriptedUpstream(http -> {
            if (http.asked().head().contains("alt=sse")) {
                http.wholeStream(STREAM);
            } else {
                http.respond(200, "application/json", WHOLE);
            }
        });
        var models = List.of(new ModelInfo("test", "gemini", 8_000, null));
        var settings = new ProviderSettings("test", upstream.baseUrl(), List.of(), models, Timeouts.DEFAULT);
        provider = new HttpProvider(settings, Gemini.dialect(), InstantSource.system());
    }

    @AfterEach
    void stop() throws IOException {
        provider.close();
        upstream.close();
    }

    @Override
    protected ChatProvider provider() {
        return provider;
    }
}
