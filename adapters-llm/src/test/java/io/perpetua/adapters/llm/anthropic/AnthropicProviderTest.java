package io.perpetua.adapters.llm.anthropic;

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

class AnthropicProviderTest extends ChatProviderContract {

    private static final String WHOLE = """
            {"id":"m","type":"message","role":"assistant","model":"claude","content":[{"type":"text","text":"Hi."}],\
            "stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1}}""";

    private static final String STREAM = """
            event: message_start
            data: {"type":"message_start","message":{"id":"m","model":"claude","usage":{"input_tokens":1,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi."}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}}

            event: message_stop
            data: {"type":"message_stop"}

            """;

    @SuppressWarnings("NullAway.Init") // made before each test
    private ScriptedUpstream upstream;

    @SuppressWarnings("NullAway.Init") // made before each test
    private HttpProvider provider;

    @BeforeEach
    void start() throws IOException {
        upstream = new ScriptedUpstream(http -> {
            if (http.asked().body().contains("\"stream\":true")) {
                http.wholeStream(STREAM);
            } else {
                http.respond(200, "application/json", WHOLE);
            }
        });
        var models = List.of(new ModelInfo("test", "claude", 8_000, null));
        var settings = new ProviderSettings("test", upstream.baseUrl(), List.of(), models, Timeouts.DEFAULT);
        provider = new HttpProvider(settings, Claude.dialect(), InstantSource.system());
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
