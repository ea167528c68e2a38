package io.perpetua.application.cache;

/** What a client wants of the response cache. */
public enum CacheUse {
    /** An answer given before will do, and this one may be given again. */
    READ_AND_KEEP,
    /** A new answer is wanted, which may be given again. */
    KEEP,
    /** A new answer is wanted, and it is nobody else's. */
    NONE
}
