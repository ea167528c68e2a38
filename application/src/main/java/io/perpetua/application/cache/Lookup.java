package io.perpetua.application.cache;

/**
 * What came of asking for an answer that was given before.
 *
 * @see ReuseAnswers#look
 */
public sealed interface Lookup {

    /** Whether the store was away, so that there may be an answer after all. */
    boolean degraded();

    /** It was given before, or just now to an identical request. */
    record Hit(CachedAnswer answer, boolean degraded) implements Lookup {}

    /** Somebody has to be asked; identical requests may be waiting for this one's {@code flight} to end. */
    record Ask(Flight flight, boolean degraded) implements Lookup {}
}
