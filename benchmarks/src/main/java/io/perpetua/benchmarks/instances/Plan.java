package io.perpetua.benchmarks.instances;

import java.time.Duration;
import java.util.Map;

/**
 * How much there is to do.
 *
 * @param instances servers
 * @param conversations at once
 * @param messages in each, of which each makes two turns
 * @param pause between an answer and the writer's next message, at most
 * @param between one failure and the next
 * @param longest how long a failure lasts at most
 * @param settings variables of the servers' environment
 * @param seed what is chance
 */
record Plan(
        int instances,
        int conversations,
        int messages,
        Duration pause,
        Duration between,
        Duration longest,
        Map<String, String> settings,
        long seed) {

    Plan {
        settings = Map.copyOf(settings);
    }
}
