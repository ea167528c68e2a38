package io.perpetua.benchmarks.memory;

import java.util.Collection;
import java.util.List;

/** A way to choose the turns of one conversation that a model is shown for a question. */
interface Method {

    /** The numbers of the turns in a context of at most {@code tokens} tokens. */
    Collection<Integer> within(String question, int tokens);

    /** The numbers of the {@code depth} best turns, the best first. */
    List<Integer> best(String question, int depth);
}
