package io.perpetua.adapters.llm.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.domain.tokens.TokenCounter;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the answer says.
 *
 * @param message the assistant's message on the wire
 * @param pieces its text word by word, empty for a tool call
 * @param finishReason why it ends
 * @param tokens what it costs
 */
record Composition(ObjectNode message, List<String> pieces, String finishReason, int tokens) {

    private static final int MOST_QUOTES = 3;

    /** Calls {@code function} with what was asked. */
    static Composition call(JsonNode function, String question, String callId, TokenCounter counter) {
        String name = function.path("name").asText();
        String arguments = Json.write(ToolChoice.arguments(function, question));
        var message = Json.object().put("role", "assistant").putNull("content");
        var call = message.putArray("tool_calls").addObject().put("id", callId).put("type", "function");
        call.putObject("function").put("name", name).put("arguments", arguments);
        return new Composition(message, List.of(), "tool_calls", counter.count(name) + counter.count(arguments));
    }

    /** Quotes what bears on the question, in at most {@code maxTokens}. */
    static Composition quote(Material material, int maxTokens, TokenCounter counter) {
        var best = new Ranking(material.sentences()).best(material.question(), MOST_QUOTES);
        String answer = OfflineProvider.DISCLAIMER + " " + saying(best);
        String cut = cut(answer, maxTokens, counter);
        var message = Json.object().put("role", "assistant").put("content", cut);
        return new Composition(
                message, words(cut), cut.length() < answer.length() ? "length" : "stop", counter.count(cut));
    }

    private static String saying(List<Sentence> best) {
        return switch (best.size()) {
            case 0 -> "Nothing I was sent matches the question.";
            case 1 -> "The best match I was sent: " + quoted(best.getFirst());
            default ->
                best.stream()
                        .map(Composition::quoted)
                        .collect(Collectors.joining("\n- ", "The best matches I was sent:\n- ", ""));
        };
    }

    private static String quoted(Sentence sentence) {
        return sentence.origin() + " \"" + sentence.text() + "\"";
    }

    /** As many whole words as fit. */
    private static String cut(String text, int maxTokens, TokenCounter counter) {
        if (counter.count(text) <= maxTokens) {
            return text;
        }
        var words = words(text);
        int fits = 0;
        int tooMany = words.size();
        while (tooMany - fits > 1) {
            int middle = (fits + tooMany) >>> 1;
            if (counter.count(String.join("", words.subList(0, middle))) <= maxTokens) {
                fits = middle;
            } else {
                tooMany = middle;
            }
        }
        return String.join("", words.subList(0, fits));
    }

    /** {@code text} cut in front of every run of white space, so that the pieces joined are the text. */
    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("(?<=\\S)(?=\\s)"));
    }
}
