package io.perpetua.benchmarks.load;

/** A kind of load, and what is expected of a server under it. */
@FunctionalInterface
interface Scenario {

    /** Puts the server under it. */
    Findings measure(Scale scale) throws Exception;
}
