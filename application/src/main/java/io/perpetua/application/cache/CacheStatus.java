package io.perpetua.application.cache;

/** What the response cache had to do with an answer: the contract's {@code X-Cache}. */
public enum CacheStatus {
    /** The answer was given before, or to an identical request that was under way. */
    HIT,
    /** There was no such answer. */
    MISS,
    /** The cache was not asked. */
    BYPASS
}
