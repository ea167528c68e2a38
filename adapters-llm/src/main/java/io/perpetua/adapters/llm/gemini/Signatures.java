package io.perpetua.adapters.llm.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.wire.Json;

/**
 * Thought signatures: models want back with a call what they signed it with. They ride along in the call's
 * {@code extra_content}, as at Gemini's own endpoint for OpenAI's clients.
 */
final class Signatures {

    /** Stands for the signature of a call that another model made; Google documents it for that. */
    private static final String ANOTHER_MODELS = "skip_thought_signature_validator";

    private static final String SIGNATURE = "thoughtSignature";

    private Signatures() {}

    /** Copies the signature of {@code part}, where it has one, to the call that it becomes. */
    static void keep(JsonNode part, ObjectNode call) {
        String signature = Json.text(part.get(SIGNATURE));
        if (signature != null) {
            call.putObject("extra_content").putObject("google").put("thought_signature", signature);
        }
    }

    /** Copies the signature of {@code call} to the part that it becomes, or one that stands for it where it is needed. */
    static void copy(JsonNode call, ObjectNode part, boolean needed) {
        String signature = Json.text(call.path("extra_content").path("google").get("thought_signature"));
        if (signature != null) {
            part.put(SIGNATURE, signature);
        } else if (needed) {
            part.put(SIGNATURE, ANOTHER_MODELS);
        }
    }
}
