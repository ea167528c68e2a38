package io.perpetua.adapters.llm.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.wire.Json;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An answer in one piece as a completion. */
final class WholeContent {

    private final String asked;
    private final Supplier<String> ids;
    private final InstantSource clock;

    /** Reads answers of the model {@code asked}. */
    WholeContent(String asked, Supplier<String> ids, InstantSource clock) {
        this.asked = asked;
        this.ids = ids;
        this.clock = clock;
    }

    /** The completion that {@code answer} is, null when it is none. */
    @Nullable
    ObjectNode completion(JsonNode answer) {
        String id = Json.text(answer.get("responseId"));
        var completion = Json.object()
                .put("id", id == null ? "chatcmpl-" + ids.get() : id)
                .put("object", "chat.completion")
                .put("created", clock.instant().getEpochSecond())
                .put("model", answer.path("modelVersion").asText(asked));
        var choices = completion.putArray("choices");
        for (var candidate : answer.path("candidates")) {
            String reason = candidate.path("finishReason").asText();
            var said = Said.of(candidate, ids);
            if (said.isNothing() && FinishReasons.failed(reason)) {
                return null;
            }
            choices.add(choice(
                    candidate.path("index").asInt(choices.size()),
                    said,
                    FinishReasons.of(reason, !said.calls().isEmpty())));
        }
        if (choices.isEmpty() && Json.says(answer.path("promptFeedback").get("blockReason"))) {
            choices.add(choice(0, Said.of(Json.object(), ids), "content_filter"));
        }
        var usage = ContentUsage.openAi(answer.path("usageMetadata"));
        if (usage != null) {
            completion.set("usage", usage);
        }
        return choices.isEmpty() ? null : completion;
    }

    private static ObjectNode choice(int index, Said said, String finishReason) {
        var choice = Json.object().put("index", index);
        var message = choice.putObject("message").put("role", "assistant");
        message.put("content", said.text().isEmpty() && !said.calls().isEmpty() ? null : said.text());
        if (!said.reasoning().isEmpty()) {
            message.put("reasoning_content", said.reasoning());
        }
        if (!said.calls().isEmpty()) {
            message.putArray("tool_calls").addAll(said.calls());
        }
        return choice.putNull("logprobs").put("finish_reason", finishReason);
    }
}
