package io.perpetua.bootstrap;

import java.util.List;

/**
 * How one provider's API looks from outside, by its documentation: where and with what it is asked, and what it answers.
 * Written apart from the code that it tests.
 */
interface UpstreamFormat {

    /** The key that each provider wants. */
    String KEY = "sk-test";

    /** The picture, by which a request with one is known. */
    String PICTURE = "iVBORw0KGgo=";

    /** What the function {@code water_level} takes. */
    String PARAMETERS = """
            {"type":"object","properties":{"lock":{"type":"string"}},"required":["lock"],"additionalProperties":false}""";

    /** The schema that an answer is to keep to. */
    String SCHEMA = """
            {"type":"object","properties":{"metres":{"type":"number"}},"required":["metres"],"additionalProperties":false}""";

    /**
     * Something in a request.
     *
     * @param pointer where
     * @param json what
     */
    record Place(String pointer, String json) {}

    /**
     * An error.
     *
     * @param json its body
     */
    record Refusal(int status, String json) {}

    /** A request to the model of {@code format}, streamed or not. */
    record Way(UpstreamFormat format, boolean stream) {

        @Override
        public String toString() {
            return format + (stream ? " streamed" : " whole");
        }
    }

    String provider();

    String model();

    /** The model as a client names it. */
    default String id() {
        return provider() + "/" + model();
    }

    /** Dollars for 4 fresh tokens of input, 16 cached ones and 5 of output. */
    double cost();

    /** What is added to the server's address for the provider's. */
    default String base() {
        return "";
    }

    /** The path and query of a request. */
    String target(boolean stream);

    /** The header that holds the key. */
    String keyHeader();

    /** The value of that header. */
    default String keyValue() {
        return KEY;
    }

    /** The body of an answer in one piece. */
    String whole(ScriptedAnswer answer);

    /** The events of a streamed answer, each with the empty line that ends it. */
    List<String> events(ScriptedAnswer answer);

    /** A refusal with the status {@code status}: 400, 429, 500 or 503. */
    Refusal refusal(int status, String message);

    /** What a key that is not known meets. */
    Refusal badKey();

    /** The text {@code text}, asked for in the first message. */
    Place question(String text);

    /** The picture, in the first message behind a text. */
    Place picture();

    /** The schema, by the name {@code level}. */
    Place schema();

    /** The function {@code water_level}. */
    Place function();

    /** The answer after the first message that called {@code calls}, with what else the model wants back. */
    Place calls(List<ScriptedAnswer.Call> calls);

    /** What the client said that {@code call}, the {@code index}th, came to. */
    Place report(int index, ScriptedAnswer.Call call, String result);
}
