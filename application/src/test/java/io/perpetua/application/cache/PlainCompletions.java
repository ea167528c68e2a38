package io.perpetua.application.cache;

import io.perpetua.application.conversation.PlainMessages;
import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.application.routing.ProviderReply.Event;
import io.perpetua.application.routing.ProviderReply.Kind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A fake format, in which a completion is its message's wire; parameters with {@code "n"} ask for several choices. */
public final class PlainCompletions implements CompletionFormat {

    @Override
    public @Nullable String comparable(String parameters) {
        return parameters.contains("\"n\"") ? null : parameters.replace("\"stream_options\":{}", "");
    }

    @Override
    public String write(String id, Instant created, String model, Answer answer) {
        return answer.message().wire();
    }

    @Override
    public Answer read(String completion) {
        return answer(completion, completion);
    }

    @Override
    public List<Event> stream(String completion) {
        return List.of(
                new Event.Chunk("preamble", Kind.PREAMBLE),
                new Event.Chunk(completion, Kind.CONTENT),
                new Event.Chunk("finish", Kind.FINISH),
                new Event.Done(answer(completion, null)));
    }

    private static Answer answer(String completion, @Nullable String body) {
        return new Answer(PlainMessages.INSTANCE.read(completion), "stop", null, "small", body);
    }
}
