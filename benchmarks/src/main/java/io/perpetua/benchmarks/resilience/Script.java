package io.perpetua.benchmarks.resilience;

import java.util.List;
import java.util.SplittableRandom;

/** Decides what a simulated provider does. Safe for concurrent use. */
@FunctionalInterface
interface Script {

    /**
     * What {@code provider} does with a call.
     *
     * @param prompt the number of the prompt
     * @param attempt how many calls for this prompt came to this provider before
     * @param stream whether the answer is to be streamed
     */
    Conduct conduct(String provider, int prompt, int attempt, boolean stream);

    /** The same always. */
    static Script always(Conduct conduct) {
        return (provider, prompt, attempt, stream) -> conduct;
    }

    /** Any of {@code conducts}, as the seed has it; the order in which calls arrive makes no difference. */
    static Script anyOf(List<Conduct> conducts, long seed) {
        return (provider, prompt, attempt, stream) ->
                conducts.get(random(seed, provider, prompt, attempt).nextInt(conducts.size()));
    }

    /** Fails so often before anything was said, as the seed has it, in a way that a client may be spared. */
    static Script failing(double share, long seed) {
        return (provider, prompt, attempt, stream) -> {
            var random = random(seed, provider, prompt, attempt);
            var failures = Conduct.failures(stream);
            return random.nextDouble() < share ? failures.get(random.nextInt(failures.size())) : Conduct.OK;
        };
    }

    /** What is chance in one call. */
    static SplittableRandom random(long seed, String provider, int prompt, int attempt) {
        return new SplittableRandom(((seed * 31 + provider.hashCode()) * 31 + prompt) * 31 + attempt);
    }
}
