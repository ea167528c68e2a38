package io.perpetua.adapters.llm.http;

import io.perpetua.adapters.llm.http.Dialect.Completion;
import io.perpetua.adapters.llm.wire.Answers;
import io.perpetua.adapters.llm.wire.Chunks;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.application.conversation.MessageReader.MalformedMessage;
import io.perpetua.application.routing.ChatProvider.ProviderRequest;
import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.application.routing.ProviderReply.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads answers that come in one piece. */
final class Completions {

    private final Dialect dialect;
    private final Failures failures;

    Completions(Dialect dialect, Failures failures) {
        this.dialect = dialect;
        this.failures = failures;
    }

    /** The events of a whole answer: itself, or the chunks it makes for a request for a stream. */
    List<Event> events(ProviderRequest request, String body) {
        var completion = parse(request, body);
        if (!request.stream()) {
            return List.of(new Event.Done(answer(completion, completion.text())));
        }
        var events = new ArrayList<Event>(Chunks.of(completion.json()));
        events.add(new Event.Done(answer(completion, null)));
        return events;
    }

    private Completion parse(ProviderRequest request, String body) {
        var json = Json.parseObject(body);
        if (json == null) {
            throw failures.malformed("what is not a JSON object", null);
        }
        if (Json.says(json.get("error"))) {
            throw failures.reported(json);
        }
        var completion = dialect.completion(request, body, json);
        if (completion == null) {
            throw failures.malformed("a completion without a message", null);
        }
        return completion;
    }

    private Answer answer(Completion completion, @Nullable String body) {
        try {
            return Answers.answer(completion.json(), body);
        } catch (MalformedMessage e) {
            throw failures.malformed("a message that is none: " + e.getMessage(), e);
        }
    }
}
