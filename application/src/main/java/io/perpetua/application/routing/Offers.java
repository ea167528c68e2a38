package io.perpetua.application.routing;

/**
 * The offer in force. It is replaced as a whole and at any time, so whoever serves a request reads it once and stays with
 * what it was. Safe for concurrent use.
 */
public final class Offers {

    private volatile Offer now;

    public Offers(Offer first) {
        now = first;
    }

    public Offer now() {
        return now;
    }

    /** From now on {@code next} is in force. */
    public void replace(Offer next) {
        now = next;
    }

    /** Hands on to {@code listener} the calls of rungs that are on the ladder of the call's intent when they are over. */
    public ProviderCall.Listener onLadders(ProviderCall.Listener listener) {
        return call -> {
            if (now.ladders().has(call.intent(), call.rung())) {
                listener.over(call);
            }
        };
    }
}
