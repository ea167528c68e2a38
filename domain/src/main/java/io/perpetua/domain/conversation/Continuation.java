package io.perpetua.domain.conversation;

import java.util.List;

/**
 * Finds what a client's messages add to a conversation whose name it gave. A client may send its newest message alone,
 * its whole history, or the end of it behind a summary of its own; what is stored is recognised by the conversation's
 * end, since that is what clients keep.
 */
public final class Continuation {

    private Continuation() {}

    /**
     * How many of {@code sent} are stored already: those up to the last place where {@code sent} repeats the
     * conversation's end. An end is repeated where the stored turns run backwards along {@code sent} until {@code sent}
     * begins or an answer and what it answers have both been met.
     *
     * @param stored the conversation's last turns, ascending; as many as {@code sent} are enough
     * @param sent the client's messages without its instructions
     * @return 0 when nothing of {@code sent} repeats the end
     */
    public static int known(List<Message> stored, List<Message> sent) {
        for (int end = sent.size(); end > 0; end--) {
            if (repeats(stored, sent.subList(0, end))) {
                return end;
            }
        }
        return 0;
    }

    private static boolean repeats(List<Message> stored, List<Message> sent) {
        boolean answered = false;
        for (int back = 1; back <= sent.size(); back++) {
            if (back > stored.size() || !same(stored.get(stored.size() - back), sent.get(sent.size() - back))) {
                return false;
            }
            Message met = sent.get(sent.size() - back);
            if (met.role() == Role.USER && answered) {
                return true;
            }
            answered |= met.role() == Role.ASSISTANT;
        }
        // Without an answer it repeats the end only where that waits for one: saying a thing again is saying it anew.
        return answered || stored.getLast().role() != Role.ASSISTANT;
    }

    /** Whether both say the same, message by message, as {@link Fingerprint} has it. */
    public static boolean same(List<Message> some, List<Message> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (!same(some.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(Message a, Message b) {
        return SAME.then(a).equals(SAME.then(b));
    }

    private static final Fingerprint SAME =
            Fingerprint.root(new Scope(Scope.DEFAULT_TENANT, Scope.DEFAULT_NAMESPACE), null);
}
