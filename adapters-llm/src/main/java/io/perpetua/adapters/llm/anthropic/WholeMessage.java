package io.perpetua.adapters.llm.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.wire.Json;

/** A message in one piece as a completion. */
final class WholeMessage {

    private WholeMessage() {}

    /**
     * The completion that {@code answer} is.
     *
     * @param asked the model that was asked, which may be an alias of the one that answered
     * @param created seconds since 1970
     */
    static ObjectNode completion(String asked, JsonNode answer, long created) {
        var completion = Json.object()
                .put("id", answer.path("id").asText())
                .put("object", "chat.completion")
                .put("created", created)
                .put("model", answer.path("model").asText(asked));
        var choice = completion.putArray("choices").addObject().put("index", 0);
        choice.set("message", message(asked, answer.path("content")));
        choice.putNull("logprobs")
                .put(
                        "finish_reason",
                        StopReasons.finishReason(answer.path("stop_reason").asText()));
        var usage = MessageUsage.openAi(answer.path("usage"));
        if (usage != null) {
            completion.set("usage", usage);
        }
        return completion;
    }

    private static ObjectNode message(String asked, JsonNode content) {
        var text = new StringBuilder();
        var reasoning = new StringBuilder();
        var thoughts = Json.array();
        var calls = Json.array();
        for (var block : content) {
            switch (block.path("type").asText()) {
                case "text" -> text.append(block.path("text").asText());
                case "tool_use" -> {
                    var call = calls.addObject()
                            .put("id", block.path("id").asText())
                            .put("type", "function");
                    call.putObject("function")
                            .put("name", block.path("name").asText())
                            .put("arguments", Json.write(block.path("input")));
                    Thoughts.attach(call, asked, thoughts);
                }
                case "thinking", "redacted_thinking" -> {
                    reasoning.append(block.path("thinking").asText());
                    thoughts.add(block);
                }
                default -> {} // blocks of tools of theirs, which are never asked for
            }
        }
        var message = Json.object().put("role", "assistant");
        message.put("content", text.isEmpty() && !calls.isEmpty() ? null : text.toString());
        if (!reasoning.isEmpty()) {
            message.put("reasoning_content", reasoning.toString());
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        return message;
    }
}
