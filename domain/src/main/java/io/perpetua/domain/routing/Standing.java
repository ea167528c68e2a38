package io.perpetua.domain.routing;

/**
 * What has been learnt of a rung for one intent: means that forget, and how much they rest on.
 *
 * @param success mean share of answers, in [0, 1]
 * @param seconds mean time to an answer or a failure
 * @param dollars mean cost of an answer
 * @param samples how many recent samples the means are worth, each new one making the older ones count for less; at
 *     most 1 / forgetting
 * @param seen the number of the sample, among all of the intent's, that was the last to change this
 */
public record Standing(double success, double seconds, double dollars, double samples, long seen) {

    /** Of a rung that was never asked. */
    public static final Standing UNKNOWN = new Standing(1, 0, 0, 0, 0);

    /** With one outcome more, the {@code now}-th of its intent; the newest counts {@code forgetting} of the mean. */
    public Standing with(Outcome outcome, double forgetting, long now) {
        double weight = Math.max(forgetting, 1 / (samples + 1));
        return new Standing(
                success + weight * ((outcome.success() ? 1 : 0) - success),
                seconds + weight * (outcome.seconds() - seconds),
                outcome.success() ? dollars + weight * (outcome.dollars() - dollars) : dollars,
                Math.min(samples + 1, 1 / forgetting),
                now);
    }
}
