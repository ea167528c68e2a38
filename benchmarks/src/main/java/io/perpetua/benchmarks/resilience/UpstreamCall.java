package io.perpetua.benchmarks.resilience;

import java.util.concurrent.CompletableFuture;

/**
 * One call that reached a simulated provider. Safe for concurrent use.
 *
 * @param provider who was called
 * @param prompt the number of the prompt, -1 where there was none
 * @param attempt how many calls for the prompt came to this provider before
 * @param stream whether the answer was to be streamed
 * @param conduct what the provider did
 * @param at when the call was there, by the nanosecond clock
 * @param clientGone when the caller closed the connection before the answer had ended, by the same clock
 */
record UpstreamCall(
        String provider,
        int prompt,
        int attempt,
        boolean stream,
        Conduct conduct,
        long at,
        CompletableFuture<Long> clientGone) {}
