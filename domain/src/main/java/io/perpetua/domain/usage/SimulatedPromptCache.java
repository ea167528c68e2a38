package io.perpetua.domain.usage;

import io.perpetua.domain.tokens.TokenCounter;
import io.perpetua.domain.usage.Prompt.Piece;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/*
 * Where a provider caches by itself, a request reads what it has in common, from its first token on, with any request
 * that is still known: whole pieces, and of the first piece that differs the beginning that does not. Where the client
 * marks the end of what is to be cached, a request reads the longest marked beginning still known that is wholly its
 * own, and writes the rest up to its mark. Either way a use renews: the later request holds what it has read.
 *
 * Simplified: nothing is evicted before its time, and every request finds the machine that knows its beginning. Both
 * favour whoever relies on the cache for more, a full history before all.
 */
/** What a provider's prompt cache would make of one client's requests. Not safe for concurrent use. */
public final class SimulatedPromptCache {

    private final PromptCache rules;
    private final TokenCounter counter;
    private final List<Known> known = new ArrayList<>();

    /**
     * An empty cache.
     *
     * @param counter measures the beginning that two different pieces have in common
     */
    public SimulatedPromptCache(PromptCache rules, TokenCounter counter) {
        this.rules = rules;
        this.counter = counter;
    }

    /**
     * What sending {@code prompt} is billed, output apart.
     *
     * @param at not before the request before it
     */
    public Usage send(Prompt prompt, Instant at) {
        known.removeIf(each -> !each.lastUsed.plus(rules.timeToLive()).isAfter(at));
        return rules.explicit() ? marked(prompt, at) : automatic(prompt, at);
    }

    private Usage automatic(Prompt prompt, Instant at) {
        int common = 0;
        for (Known each : known) {
            common = Math.max(common, common(prompt, each.prompt));
        }
        known.removeIf(
                each -> prompt.shared(each.prompt) == each.prompt.pieces().size());
        known.add(new Known(prompt, at));
        return usage(prompt, rules.recognised(common, prompt.tokens()), 0);
    }

    /** Tokens that {@code prompt} begins with as {@code before} did. */
    private int common(Prompt prompt, Prompt before) {
        int shared = prompt.shared(before);
        int tokens = prompt.tokens(shared);
        if (shared == prompt.pieces().size() || shared == before.pieces().size()) {
            return tokens;
        }
        Piece piece = prompt.pieces().get(shared);
        Piece other = before.pieces().get(shared);
        int same = counter.count(beginning(piece.text(), other.text()));
        return tokens + Math.min(same, Math.min(piece.tokens(), other.tokens()));
    }

    private Usage marked(Prompt prompt, Instant at) {
        int end = rules.recognised(prompt.tokens(prompt.marked()), prompt.tokens());
        if (end == 0) {
            return usage(prompt, 0, 0);
        }
        Known longest = null;
        for (Known each : known) {
            int marked = each.prompt.marked();
            if (marked <= prompt.marked()
                    && (longest == null || marked > longest.prompt.marked())
                    && prompt.shared(each.prompt) >= marked) {
                longest = each;
            }
        }
        int read = 0;
        if (longest != null) {
            longest.lastUsed = at;
            read = rules.recognised(prompt.tokens(longest.prompt.marked()), prompt.tokens());
        }
        if (longest == null || longest.prompt.marked() < prompt.marked()) {
            known.add(new Known(prompt, at));
        }
        return usage(prompt, read, end - read);
    }

    private static Usage usage(Prompt prompt, int read, int written) {
        return new Usage(prompt.tokens(), read, written, 0, 0, Usage.Source.ESTIMATED);
    }

    private static String beginning(String one, String other) {
        int most = Math.min(one.length(), other.length());
        int same = 0;
        while (same < most && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        return one.substring(0, same);
    }

    /** A request that is still known. */
    private static final class Known {

        final Prompt prompt;
        Instant lastUsed;

        Known(Prompt prompt, Instant lastUsed) {
            this.prompt = prompt;
            this.lastUsed = lastUsed;
        }
    }
}
