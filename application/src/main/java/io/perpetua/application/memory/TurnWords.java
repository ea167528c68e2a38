package io.perpetua.application.memory;

import io.perpetua.domain.conversation.Message;
import java.util.List;

/** The words that turns are found by, as the index knows them. Driven port; safe for concurrent use. */
public interface TurnWords {

    /** What a message is found by, its speaker's name among it; with repetitions, in order. */
    List<String> of(Message message);

    /** What a query looks for; with repetitions, in order. */
    List<String> ofQuery(String query);
}
