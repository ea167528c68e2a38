package io.perpetua.adapters.llm.openai;

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

class OpenAiProviderTest extends ChatProviderContract {

    private static final String WHOLE = """
            {"object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hi."},\
            "finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}""";

    @SuppressWarnings("NullAway.Init") // made before each test
    private ScriptedUpstream upstream;

    @SuppressWarnings("NullAway.Init") // made before each test
    private HttpProvider provider;

    @BeforeEach
    void start() throws IOException {
        upstream = new ScriptedUpstream(OpenAiProviderTest::serve);
        var models = List.of(new ModelInfo("test", "m", 8_000, null));
        var settings = new ProviderSettings("test", upstream.baseUrl(), List.of(), models, Timeouts.DEFAULT);
        provider = new HttpProvider(settings, new OpenAiDialect(Quirks.NONE), InstantSource.system());
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
                OpenAiTest.HELLO,
                OpenAiTest.text("Hi"),
                OpenAiTest.text("."),
                OpenAiTest.FINISH,
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}",
                "[DONE]");
    }

    @Override
    protected ChatProvider provider() {
        return provider;
    }
}
