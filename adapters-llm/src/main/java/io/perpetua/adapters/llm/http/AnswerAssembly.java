package io.perpetua.adapters.llm.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.wire.Answers;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.adapters.llm.wire.OpenAiUsage;
import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.application.routing.ProviderReply.Kind;
import io.perpetua.domain.usage.Usage;
import org.jspecify.annotations.Nullable;

/** Puts the first choice's answer together while its chunks go by. Not safe for concurrent use. */
final class AnswerAssembly {

    private final StringBuilder content = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final ToolCallAssembly toolCalls = new ToolCallAssembly();
    private final NamedText functionCall = new NamedText("arguments");
    private final ObjectNode audio = Json.object();
    private @Nullable String finishReason;
    private @Nullable String model;
    private @Nullable Usage usage;
    private boolean spoken;

    /** Takes a chunk and says what it is about. */
    Kind add(ObjectNode chunk) {
        boolean finishedBefore = finished();
        boolean says = false;
        boolean finishes = false;
        for (var choice : chunk.path("choices")) {
            says |= says(choice.path("delta"));
            finishes |= choice.path("finish_reason").isTextual();
            if (choice.path("index").asInt(0) == 0) {
                addFirst(choice);
            }
        }
        spoken |= says || finishes;
        model = model == null ? Json.text(chunk.get("model")) : model;
        var counted = OpenAiUsage.of(chunk);
        usage = counted == null ? usage : counted;
        // OpenRouter's usage chunk has a choice too, that says nothing, after the one that finished.
        if (counted != null && !says && (finishedBefore || chunk.path("choices").isEmpty())) {
            return Kind.USAGE;
        }
        if (finishes) {
            return Kind.FINISH;
        }
        return spoken ? Kind.CONTENT : Kind.PREAMBLE;
    }

    /** Whether a delta has more to it than who speaks. */
    private static boolean says(JsonNode delta) {
        return delta.properties().stream()
                .anyMatch(field -> !field.getKey().equals("role") && Json.says(field.getValue()));
    }

    private void addFirst(JsonNode choice) {
        var delta = choice.path("delta");
        append(content, delta.path("content"));
        append(refusal, delta.path("refusal"));
        append(reasoning, delta.path("reasoning_content"));
        toolCalls.add(delta.path("tool_calls"));
        functionCall.add(delta.path("function_call"));
        if (Json.says(delta.path("audio").get("id"))) {
            audio.set("id", delta.path("audio").get("id"));
        }
        String reason = Json.text(choice.get("finish_reason"));
        finishReason = reason == null ? finishReason : reason;
    }

    /** Most providers stream text; Mistral's reasoning models stream lists of parts, whose text parts are the answer. */
    private static void append(StringBuilder text, JsonNode piece) {
        if (piece.isArray()) {
            piece.forEach(part -> text.append(part.path("text").asText("")));
        } else {
            text.append(piece.asText(""));
        }
    }

    /** Whether a chunk has said something or ended the answer. */
    boolean spoken() {
        return spoken;
    }

    /** Whether the provider has said why the answer ended, so that there is nothing more to come of it. */
    boolean finished() {
        return finishReason != null;
    }

    /** Why the answer has ended, where nobody says. */
    String presumedReason() {
        return toolCalls.json().isEmpty() ? "stop" : "tool_calls";
    }

    /**
     * The answer so far.
     *
     * @throws io.perpetua.application.conversation.MessageReader.MalformedMessage when the pieces make no message
     */
    Answer answer() {
        var message = Json.object();
        message.put("content", content.toString());
        message.put("refusal", refusal.toString());
        message.put("reasoning_content", reasoning.toString());
        message.set("tool_calls", toolCalls.json());
        if (!functionCall.isEmpty()) {
            message.set("function_call", functionCall.json());
        }
        message.set("audio", audio);
        return new Answer(Answers.message(message), finishReason, usage, model, null);
    }
}
