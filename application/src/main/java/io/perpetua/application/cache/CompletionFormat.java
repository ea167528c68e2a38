package io.perpetua.application.cache;

import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.application.routing.ProviderReply.Event;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes completions in the wire's JSON. Driven port; pure; safe for concurrent use. */
public interface CompletionFormat {

    /**
     * A request's parameters in a spelling that is the same for those that ask for the same: without what concerns only
     * how the answer is delivered.
     *
     * @param parameters a JSON object
     * @return null when they ask for what a kept completion may not have: several choices, log probabilities, audio
     */
    @Nullable
    String comparable(String parameters);

    /**
     * The completion that says what a streamed answer said.
     *
     * @param id what the completion is to be called
     * @param created when it was made
     * @param model the model that answered, unless {@code answer} says it
     */
    String write(String id, Instant created, String model, Answer answer);

    /**
     * The answer that a completion is.
     *
     * @throws IllegalArgumentException when it is no completion
     */
    Answer read(String completion);

    /**
     * A completion as a stream of chunks, then the answer itself.
     *
     * @throws IllegalArgumentException when it is no completion
     */
    List<Event> stream(String completion);
}
