package io.perpetua.benchmarks.load;

import java.util.Collection;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a client was given.
 *
 * @param status of HTTP, 0 where none came
 * @param code of the error, empty where there is none
 * @param retryAfter seconds, -1 where the response does not say
 * @param numbers whether a refusal tells the queue's numbers
 * @param firstNanos from the request to the first content, and to the end where none came
 * @param wholeNanos from the request to the end
 * @param waitMs in the queue, as the answer says, NaN where it does not
 * @param cost dollars, as the answer says, NaN where it does not
 * @param limit what the response says about a limit, null where it says nothing
 */
record Reply(
        Ending ending,
        int status,
        String code,
        long retryAfter,
        boolean numbers,
        long firstNanos,
        long wholeNanos,
        double waitMs,
        double cost,
        @Nullable Allowance limit) {

    /** What {@code X-RateLimit-Limit}, {@code -Remaining} and {@code -Reset} say. */
    record Allowance(int limit, int remaining, String reset) {}

    boolean answered() {
        return ending == Ending.ANSWERED;
    }

    boolean refused() {
        return ending == Ending.REFUSED;
    }

    /** Whether it ended otherwise than with an answer, a refusal that says when to come again, or the client's leaving. */
    boolean unannounced() {
        return ending != Ending.ANSWERED && ending != Ending.REFUSED && ending != Ending.LEFT;
    }

    /** How often each status and code came with those that are no answers. */
    static String codes(Collection<Reply> replies) {
        var codes = new TreeMap<String, Integer>();
        replies.stream()
                .filter(reply -> !reply.answered())
                .forEach(reply -> codes.merge((reply.status + " " + reply.code).strip(), 1, Integer::sum));
        return codes.isEmpty() ? "none" : codes.toString();
    }
}
