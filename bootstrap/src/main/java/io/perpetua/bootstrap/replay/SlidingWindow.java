package io.perpetua.bootstrap.replay;

import static io.perpetua.domain.tokens.MessageTokens.REPLY_PRIMING;

import io.perpetua.domain.usage.Prompt;
import io.perpetua.domain.usage.Prompt.Piece;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The last turns of a conversation within a fixed number of tokens. How many that is follows from what all requests
 * together may send, so it is known only after the last of them. Not safe for concurrent use.
 */
final class SlidingWindow {

    private final List<Asked> requests = new ArrayList<>();
    private List<Piece> past = List.of();
    private long allowed;

    /**
     * One request.
     *
     * @param said how many pieces of the past there were
     * @param open what the client says
     */
    private record Asked(Instant at, List<Piece> instructions, int said, List<Piece> open) {}

    /**
     * Takes note of a request.
     *
     * @param past what was said before, that of the earlier requests first
     * @param tokens what it may send, more or less
     */
    void add(Instant at, List<Piece> instructions, List<Piece> past, List<Piece> open, int tokens) {
        this.past = past;
        requests.add(new Asked(at, instructions, past.size(), open));
        allowed += tokens;
    }

    /** Every prompt of the widest window whose prompts together cost what is allowed, with its time. */
    void each(BiConsumer<Prompt, Instant> seen) {
        int least = 0;
        int most = past.stream().mapToInt(Piece::tokens).sum();
        while (least < most) {
            int middle = least + (most - least + 1) / 2;
            if (tokens(middle) <= allowed) {
                least = middle;
            } else {
                most = middle - 1;
            }
        }
        for (Asked request : requests) {
            seen.accept(prompt(request, least), request.at);
        }
    }

    private long tokens(int width) {
        return requests.stream()
                .mapToLong(request -> prompt(request, width).tokens())
                .sum();
    }

    /** A request with at most {@code width} tokens of the past. */
    private Prompt prompt(Asked request, int width) {
        int first = request.said;
        int left = width;
        while (first > 0 && past.get(first - 1).tokens() <= left) {
            first--;
            left -= past.get(first).tokens();
        }
        var all = new ArrayList<>(request.instructions);
        all.addAll(past.subList(first, request.said));
        all.addAll(request.open);
        return new Prompt(all, first == 0 ? all.size() : request.instructions.size(), REPLY_PRIMING);
    }
}
