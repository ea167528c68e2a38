package io.perpetua.domain.memory;

/** How near two meanings are, by the cosine of their vectors. */
public final class Closeness {

    /** The least cosine by which a text bears on another without a word in common; unrelated ones mostly stay below. */
    public static final double NEAR = 0.62;

    private Closeness() {}
}
