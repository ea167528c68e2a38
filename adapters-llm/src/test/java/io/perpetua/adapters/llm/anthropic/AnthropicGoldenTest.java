package io.perpetua.adapters.llm.anthropic;

import io.perpetua.adapters.llm.http.Dialect;
import io.perpetua.adapters.llm.http.GoldenContract;

class AnthropicGoldenTest extends GoldenContract {

    @Override
    protected Dialect dialect() {
        return Claude.dialect();
    }
}
