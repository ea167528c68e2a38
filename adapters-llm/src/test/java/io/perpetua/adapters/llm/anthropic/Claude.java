package io.perpetua.adapters.llm.anthropic;

import io.perpetua.adapters.llm.anthropic.ClaudeModel.Thinking;
import io.perpetua.adapters.llm.http.Dialect;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The dialect, with a model of each kind. */
final class Claude {

    static final Instant NOW = Instant.ofEpochSecond(1_770_000_000);

    static final List<ClaudeModel> MODELS = List.of(
            new ClaudeModel("claude-haiku-3-5", 8_192, Thinking.NONE, true, false, 2_048),
            new ClaudeModel("claude-sonnet-4-5", 64_000, Thinking.BUDGET, true, true, 1_024),
            new ClaudeModel("claude-opus-4-6", 128_000, Thinking.ADAPTIVE, true, true, 4_096),
            new ClaudeModel("claude-opus-5-5", 128_000, Thinking.ALWAYS, false, true, 512));

    private Claude() {}

    static Dialect dialect() {
        return new AnthropicDialect(MODELS, InstantSource.fixed(NOW));
    }
}
