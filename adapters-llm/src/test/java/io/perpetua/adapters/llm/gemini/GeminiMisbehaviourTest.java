package io.perpetua.adapters.llm.gemini;

import io.perpetua.adapters.llm.http.Dialect;
import io.perpetua.adapters.llm.http.MisbehaviourContract;

class GeminiMisbehaviourTest extends MisbehaviourContract {

    @Override
    protected Dialect dialect() {
        return Gemini.dialect();
    }

    @Override
    protected String opening() {
        return saying("");
    }

    @Override
    protected String saying(String text) {
        return "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"" + text + "\"}],\"role\":\"model\"},"
                + "\"index\":0}]}\r\n\r\n";
    }
}
