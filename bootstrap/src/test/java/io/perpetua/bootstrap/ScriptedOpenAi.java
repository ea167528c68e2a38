package io.perpetua.bootstrap;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A scripted provider that speaks OpenAI's protocol. */
final class ScriptedOpenAi extends ScriptedUpstream {

    ScriptedOpenAi() throws IOException {}

    /** Its address, with the version. */
    @Override
    String url() {
        return super.url() + "/v1";
    }

    /** The next request is answered with a completion of this message. */
    void nextMessage(String message, String finishReason) {
        next(exchange -> reply(exchange, 200, """
                {"id":"chatcmpl-1","object":"chat.completion","created":1760000000,"model":"gpt-4o-mini",
                 "choices":[{"index":0,"message":%s,"logprobs":null,"finish_reason":"%s"}],
                 "usage":{"prompt_tokens":20,"completion_tokens":5,"total_tokens":25}}
                """.formatted(message, finishReason)));
    }

    void nextAnswer(String text) {
        nextMessage("{\"role\":\"assistant\",\"content\":\"" + text + "\",\"refusal\":null}", "stop");
    }

    /** Begins a streamed answer. */
    static void begin(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        chunk(exchange, "{\"role\":\"assistant\",\"content\":\"\"}", null);
    }

    static void say(HttpExchange exchange, String text) throws IOException {
        chunk(exchange, "{\"content\":\"" + text + "\"}", null);
    }

    /** Ends a streamed answer. */
    static void end(HttpExchange exchange) throws IOException {
        chunk(exchange, "{}", "\"stop\"");
        event(exchange, """
                {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1760000000,"model":"gpt-4o-mini",\
                "choices":[],"usage":{"prompt_tokens":20,"completion_tokens":5,"total_tokens":25}}""");
        event(exchange, "[DONE]");
    }

    private static void chunk(HttpExchange exchange, String delta, @Nullable String finish) throws IOException {
        event(exchange, """
                {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1760000000,"model":"gpt-4o-mini",\
                "choices":[{"index":0,"delta":%s,"finish_reason":%s}]}""".formatted(delta, finish));
    }

    private static void event(HttpExchange exchange, String data) throws IOException {
        send(exchange, "data: " + data + "\n\n");
    }
}
