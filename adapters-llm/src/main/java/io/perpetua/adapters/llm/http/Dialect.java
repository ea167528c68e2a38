package io.perpetua.adapters.llm.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.application.routing.ChatProvider.ProviderRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A chat protocol, brought to OpenAI's and back. Safe for concurrent use; what one answer needs is in its reader. */
public interface Dialect {

    /** What is appended to the base URL, perhaps with a query, such as {@code /chat/completions}. */
    String path(ProviderRequest request);

    /**
     * The headers that say who asks, and in which version of the protocol.
     *
     * @param key the key, null for an endpoint that needs none
     */
    Map<String, String> headers(@Nullable String key);

    /**
     * The request's JSON as it goes out.
     *
     * @throws UnsupportedRequest when the protocol has no words for what is asked, and to leave it out would deceive
     */
    String body(ProviderRequest request);

    /**
     * An answer in one piece.
     *
     * @param text the answer as it came
     * @param json the object that {@code text} spells
     * @return null when it is no answer
     */
    @Nullable
    Completion completion(ProviderRequest request, String text, ObjectNode json);

    /** A reader of one streamed answer. */
    StreamReader reader(ProviderRequest request);

    /** What an error says, also one that stands where an answer should. */
    ErrorBody error(JsonNode json);

    /**
     * An answer in one piece, in OpenAI's words.
     *
     * @param text as it is handed on
     * @param json the same as a tree, with at least one choice that has a message
     */
    record Completion(String text, ObjectNode json) {}
}
