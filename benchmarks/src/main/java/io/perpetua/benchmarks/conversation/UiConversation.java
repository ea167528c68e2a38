package io.perpetua.benchmarks.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A user and an assistant build the user interface of a housing cooperative's portal. The same seed makes the same
 * conversation; every message differs from every other.
 *
 * @param exchanges what was said, in order
 * @param required what is asked for at the end
 */
record UiConversation(List<Exchange> exchanges, List<Required> required) {

    /** Fewer exchanges have no room for what is said early, changed later and settled. */
    static final int SHORTEST = 10;

    static final String INSTRUCTIONS = """
            You help to build the user interface of Hollin, the portal of a housing cooperative. When you are asked what \
            was agreed, answer in one short sentence and give names, numbers and wordings exactly as they were said.""";

    /** What the user says, and what is answered. */
    record Exchange(String user, String assistant) {}

    /**
     * Makes up a conversation.
     *
     * @param exchanges how many, at least {@link #SHORTEST}
     */
    static UiConversation of(int exchanges, long seed) {
        if (exchanges < SHORTEST) {
            throw new IllegalArgumentException("at least " + SHORTEST + " exchanges are needed, not " + exchanges);
        }
        var random = new SplittableRandom(seed);
        var remarks = new Remarks(exchanges, random.split());
        var writer = new Writer(Talk.load(), random.split());
        var said = new ArrayList<Exchange>();
        for (int i = 1; i <= exchanges; i++) {
            said.add(writer.exchange(remarks.byUser(i), remarks.byAssistant(i)));
        }
        return new UiConversation(List.copyOf(said), List.copyOf(remarks.required()));
    }

    /** Every message, in order. */
    List<String> messages() {
        return exchanges.stream()
                .flatMap(each -> Stream.of(each.user(), each.assistant()))
                .toList();
    }
}
