package io.perpetua.adapters.llm.gemini;

import io.perpetua.adapters.llm.http.Dialect;
import io.perpetua.adapters.llm.http.GoldenContract;

class GeminiGoldenTest extends GoldenContract {

    @Override
    protected Dialect dialect() {
        return Gemini.dialect();
    }
}
