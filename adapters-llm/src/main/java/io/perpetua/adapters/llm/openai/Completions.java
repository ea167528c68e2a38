package io.perpetua.adapters.llm.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.wire.Answers;
import io.perpetua.adapters.llm.wire.Chunks;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.adapters.llm.wire.OpenAiUsage;
import io.perpetua.application.conversation.MessageReader.MalformedMessage;
import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.application.routing.ProviderReply.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads answers that come in one piece. */
final class Completions {

    private Completions() {}

    /** The events of a whole answer to a request for one. */
    static List<Event> whole(String body, Failures failures) {
        return List.of(new Event.Done(answer(parse(body, failures), body, failures)));
    }

    /** The events of a whole answer to a request for a stream. */
    static List<Event> asStream(String body, Failures failures) {
        var completion = parse(body, failures);
        var events = new ArrayList<Event>(Chunks.of(completion));
        events.add(new Event.Done(answer(completion, null, failures)));
        return events;
    }

    private static ObjectNode parse(String body, Failures failures) {
        var json = Json.parseObject(body);
        if (json == null) {
            throw failures.malformed("what is not a JSON object", null);
        }
        if (Json.says(json.get("error"))) {
            throw failures.reported(json);
        }
        if (!json.path("choices").path(0).path("message").isObject()) {
            throw failures.malformed("a completion without a message", null);
        }
        return json;
    }

    private static Answer answer(ObjectNode completion, @Nullable String body, Failures failures) {
        var choice = completion.path("choices").path(0);
        try {
            return new Answer(
                    Answers.message(choice.path("message")),
                    Json.text(choice.get("finish_reason")),
                    OpenAiUsage.of(completion),
                    Json.text(completion.get("model")),
                    body);
        } catch (MalformedMessage e) {
            throw failures.malformed("a message that is none: " + e.getMessage(), e);
        }
    }
}
