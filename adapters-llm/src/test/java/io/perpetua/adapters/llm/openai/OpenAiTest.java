package io.perpetua.adapters.llm.openai;

import io.perpetua.adapters.llm.http.Dialect;
import io.perpetua.adapters.llm.http.DialectTest;
import org.jspecify.annotations.Nullable;

/** A provider that speaks OpenAI's protocol in front of a scripted upstream. */
abstract class OpenAiTest extends DialectTest {

    static final String HELLO = chunk("{\"role\":\"assistant\",\"content\":\"\"}", null);
    static final String FINISH = chunk("{}", "stop");

    @Override
    protected Dialect dialect() {
        return new OpenAiDialect(Quirks.NONE);
    }

    static String chunk(String delta, @Nullable String finishReason) {
        return """
        {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m-1","choices":[{"index":0,"delta":%s,"finish_reason":%s}]}""".formatted(delta, finishReason == null ? "null" : '"' + finishReason + '"');
    }

    static String text(String text) {
        return chunk("{\"content\":\"" + text + "\"}", null);
    }
}
