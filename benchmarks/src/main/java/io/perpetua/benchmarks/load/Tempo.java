package io.perpetua.benchmarks.load;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long people think between an answer and their next message: by chance, with an exponential distribution, and now
 * and then many of them stop thinking at the same moment.
 *
 * @param think on average
 * @param burst time from one such moment to the next
 * @param share of those who are thinking then that stop
 */
record Tempo(Duration think, Duration burst, double share) {

    private static final double SHARE = 0.2;

    /**
     * The tempo at which a number of conversations offers a given load.
     *
     * @param places how many answers can be given at once
     * @param load the share of the places that are taken on average
     * @param answer how long an answer takes on average
     * @param burst time between moments at which a fifth stops thinking
     */
    static Tempo of(int conversations, int places, double load, Duration answer, Duration burst) {
        double seconds = answer.toNanos() / 1e9;
        // Little's law; of few conversations even the most talkative cannot fill the places
        double think = Math.max(seconds / 10, conversations * seconds / (load * places) - seconds);
        return new Tempo(Duration.ofNanos((long) (think * 1e9)), burst, SHARE);
    }

    /** Nanoseconds of thought for somebody who begins to think so many nanoseconds after the start. */
    long pause(long since, RandomGenerator random) {
        long pause = (long) (-Math.log(1 - random.nextDouble()) * think.toNanos());
        long untilBurst = burst.toNanos() - since % burst.toNanos();
        return pause > untilBurst && random.nextDouble() < share ? untilBurst : pause;
    }
}
