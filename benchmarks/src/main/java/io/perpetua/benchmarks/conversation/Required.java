package io.perpetua.benchmarks.conversation;

import io.perpetua.benchmarks.conversation.Fact.Fate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fact that is asked for at the end.
 *
 * @param name what it is about
 * @param current the value that holds
 * @param rejected the value that was replaced, or proposed in vain; null where there was only one
 * @param exchanges where it was spoken of, ascending, from 1
 * @param question does not contain the answer
 */
record Required(
        String name, Fate fate, String current, @Nullable String rejected, List<Integer> exchanges, String question) {

    boolean answeredBy(String text) {
        return Spelling.says(text, current);
    }

    /** Whether {@code text} has the value that does not hold, and not the one that does. */
    boolean mistakenBy(String text) {
        return rejected != null && Spelling.says(text, rejected) && !answeredBy(text);
    }
}
