package io.perpetua.benchmarks.resilience;

import java.util.List;

/**
 * Some of the providers fail as often as it takes for a given share of all upstream calls to fail: a call to one of them
 * fails with the probability share × calls so far ÷ those of them that came to failing providers, at most 1. So a server
 * that turns to the others does not thereby have fewer failures, until it all but leaves the failing ones. Which calls
 * fail depends on the order in which they come.
 */
final class FailingShare implements Script {

    private final List<List<String>> flaky;
    private final int turn;
    private final double share;
    private final boolean inTheMiddle;
    private final long seed;
    private long calls;
    private long callsToFlaky;

    /**
     * Failures of some providers.
     *
     * @param inTheMiddle whether streams break off after they have begun, too
     */
    FailingShare(List<String> flaky, double share, boolean inTheMiddle, long seed) {
        this(List.of(flaky), Integer.MAX_VALUE, share, inTheMiddle, seed);
    }

    /**
     * Failures of some providers, and then of others.
     *
     * @param flaky who fails, in turn
     * @param turn upstream calls after which it is the next ones' turn
     */
    FailingShare(List<List<String>> flaky, int turn, double share, boolean inTheMiddle, long seed) {
        this.flaky = List.copyOf(flaky);
        this.turn = turn;
        this.share = share;
        this.inTheMiddle = inTheMiddle;
        this.seed = seed;
    }

    @Override
    public synchronized Conduct conduct(String provider, int prompt, int attempt, boolean stream) {
        calls++;
        if (!flaky.get((int) (calls / turn % flaky.size())).contains(provider)) {
            return Conduct.OK;
        }
        callsToFlaky++;
        var random = Script.random(seed, provider, prompt, attempt);
        var failures = Conduct.failures(stream && !inTheMiddle);
        return random.nextDouble() < share * calls / callsToFlaky
                ? failures.get(random.nextInt(failures.size()))
                : Conduct.OK;
    }
}
