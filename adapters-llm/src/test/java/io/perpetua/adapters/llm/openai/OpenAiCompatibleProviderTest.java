package io.perpetua.adapters.llm.openai;

import io.perpetua.application.routing.ChatProvider;
import io.perpetua.application.routing.ChatProviderContract;
import io.perpetua.application.routing.ModelInfo;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class OpenAiCompatibleProviderTest extends ChatProviderContract {

    private static final String WHOLE = """
            {"object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hi."},\
            "finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}""";

    @SuppressWarnings("NullAway.Init") // made before each test
    private ScriptedUpstream upstream;

    @SuppressWarnings("NullAway.Init") // made before each test
    private OpenAiCompatibleProvider provider;

    @BeforeEach
    void start() throws IOException {
        upstream = new ScriptedUpstream(OpenAiCompatibleProviderTest::serve);
        var models = List.of(new ModelInfo("test", "m", 8_000, null));
        var settings = new ProviderSettings("test", upstream.baseUrl(), null, models, Timeouts.DEFAULT);
        provider = new OpenAiCompatibleProvider(settings, InstantSource.system());
    }

    @AfterEach
    void stop() throws IOException {
        provider.close();
        upstream.close();
    }

    private static void serve(ScriptedUpstream.Exchange http) throws IOException {
        if (!http.asked().body().contains("\"stream\":true")) {
            http.respond(200, "application/json", WHOLE);
            return;
        }
        http.stream(
                UpstreamTest.HELLO,
                UpstreamTest.text("Hi"),
                UpstreamTest.text("."),
                UpstreamTest.FINISH,
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}",
                "[DONE]");
    }

    @Override
    protected ChatProvider provider() {
        return provider;
    }
}
