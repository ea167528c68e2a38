package io.perpetua.benchmarks.resilience;

/** Something that happens to providers, and the figures that tell how much of it the clients notice. */
@FunctionalInterface
interface Scenario {

    /**
     * Lets it happen.
     *
     * @param calls how many calls the whole measurement is about; each scenario takes its share
     * @param seed what is chance
     */
    Report measure(int calls, long seed) throws Exception;
}
