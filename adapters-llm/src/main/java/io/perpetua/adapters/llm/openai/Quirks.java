package io.perpetua.adapters.llm.openai;

import java.util.Map;
import java.util.Set;

/**
 * Where an endpoint departs from OpenAI's protocol in what it takes. Where none of it applies, a request goes out as the
 * client wrote it.
 *
 * @param streamOptions whether it knows {@code stream_options}; one that does not sends the usage unasked
 * @param developer whether it knows the role {@code developer}; else {@code system} is sent
 * @param names whether messages may say who of several speaks
 * @param extraContent whether {@code extra_content} may stay in tool calls: what Gemini or Claude put there means nothing
 *     to others, and strict ones refuse it
 * @param renamed fields that it calls otherwise, by OpenAI's name for them
 * @param dropped fields that it refuses and that change nothing about the answer
 */
public record Quirks(
        boolean streamOptions,
        boolean developer,
        boolean names,
        boolean extraContent,
        Map<String, String> renamed,
        Set<String> dropped) {

    /** An endpoint that takes everything as it is. */
    public static final Quirks NONE = new Quirks(true, true, true, true, Map.of(), Set.of());

    public Quirks {
        renamed = Map.copyOf(renamed);
        dropped = Set.copyOf(dropped);
    }
}
