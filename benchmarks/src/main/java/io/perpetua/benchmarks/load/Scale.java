package io.perpetua.benchmarks.load;

import java.time.Duration;
import java.util.Map;

/**
 * How much load there is.
 *
 * @param conversations at once
 * @param duration how long they go on
 * @param sampling how often memory is looked at
 * @param fastest the shortest time that the simulated model takes for an answer
 * @param slowest the longest
 * @param load offered, as a share of what the server's places can do
 * @param overload requests that come all but at once in the end
 * @param users whose requests are limited
 * @param perMinute how many each may make in a minute
 * @param perUser how many each makes
 * @param threads that spend one budget
 * @param budget dollars
 * @param idle connections on which nothing comes
 * @param hold how long they are held open
 * @param settings variables of the server's environment
 * @param seed what is chance
 */
record Scale(
        int conversations,
        Duration duration,
        Duration sampling,
        Duration fastest,
        Duration slowest,
        double load,
        int overload,
        int users,
        int perMinute,
        int perUser,
        int threads,
        double budget,
        int idle,
        Duration hold,
        Map<String, String> settings,
        long seed) {

    Scale {
        settings = Map.copyOf(settings);
    }
}
