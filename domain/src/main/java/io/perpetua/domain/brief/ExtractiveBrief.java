package io.perpetua.domain.brief;

import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.memory.AnchorDetector;
import io.perpetua.domain.memory.Sentences;
import io.perpetua.domain.tokens.TokenCounter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * A brief is a list of sentences as they were said, oldest first, each with its turn and speaker, under the day it was
 * said on. Folding turns in pools the brief's lines with the turns' sentences and takes the most telling ones again:
 *
 *   value = what the line is (LineValue) + how much of what is talked about it covers
 *
 * The second part is SumBasic's: a line covers its words by how often the pool says them, and a word that is covered
 * counts a quarter from then on, so that the next line tells something else. Of the tokens, the brief so far keeps at
 * most three fifths where the new turns can fill the rest. A brief grows by at most a third of what is folded in.
 */
/**
 * Writes briefs without a model: the sentences that tell most, in the words they were said in. Deterministic and pure;
 * O(k · n) for k lines kept of n.
 *
 * @see <a href="https://www.microsoft.com/en-us/research/publication/the-impact-of-frequency-on-summarization/">Nenkova
 *     and Vanderwende, The Impact of Frequency on Summarization</a>
 */
public final class ExtractiveBrief {

    private static final double OLD_SHARE = 0.6;
    private static final int GROWTH = 3;
    private static final int SMALLEST = 48;
    /** Sentences read of one turn; what comes after is seldom what the turn is about. */
    private static final int PER_TURN = 40;

    private static final int LONGEST = 240;

    private final TokenCounter counter;

    private ExtractiveBrief(TokenCounter counter) {
        this.counter = counter;
    }

    /**
     * The text of a brief that tells what {@code before} tells and what {@code turns} add.
     *
     * @param before the brief so far, whoever wrote it; null for the first
     * @param turns the turns to fold in, ascending, not empty
     * @param maxTokens most tokens of the result
     * @param counter what counts them
     * @return never blank; shorter than the brief so far and the turns together, but for turns of a few words
     */
    public static String roll(@Nullable Brief before, List<Turn> turns, int maxTokens, TokenCounter counter) {
        return new ExtractiveBrief(counter).fold(before, turns, maxTokens);
    }

    private String fold(@Nullable Brief before, List<Turn> turns, int maxTokens) {
        var old = before == null ? List.<BriefLine>of() : BriefLine.parse(before.text());
        var fresh = fresh(turns);
        int limit = Math.min(maxTokens, limit(before, turns));
        var pool = new LinePool(old, fresh);
        var kept = new ArrayList<BriefLine>();
        int oldLimit = fresh.isEmpty() ? limit : Math.max((int) (limit * OLD_SHARE), limit - tokens(fresh));
        take(pool, old, oldLimit, kept);
        take(pool, fresh, limit, kept);
        if (kept.isEmpty()) {
            return covered(turns);
        }
        kept.sort(Comparator.comparingInt(BriefLine::turn).thenComparingInt(BriefLine::place));
        return BriefLine.render(kept);
    }

    private int limit(@Nullable Brief before, List<Turn> turns) {
        long read = 0;
        for (Turn turn : turns) {
            read += counter.count(turn.message().text());
        }
        return (int)
                Math.min(Integer.MAX_VALUE, (before == null ? 0 : before.tokens()) + Math.max(SMALLEST, read / GROWTH));
    }

    /** Takes of {@code lines} what tells most, until all that is kept costs {@code limit}. */
    private void take(LinePool pool, List<BriefLine> lines, int limit, List<BriefLine> kept) {
        int left = limit - tokens(kept);
        var open = new ArrayList<Priced>();
        lines.forEach(line -> open.add(new Priced(line, cost(line))));
        while (true) {
            int room = left;
            open.removeIf(priced -> priced.tokens() > room);
            if (open.isEmpty()) {
                return;
            }
            Priced best = open.remove(pool.best(open));
            if (!pool.addsNothing(best.line())) {
                left -= best.tokens();
                kept.add(best.line());
                pool.cover(best.line());
            }
        }
    }

    private int tokens(List<BriefLine> lines) {
        return lines.stream().mapToInt(this::cost).sum();
    }

    /** With its day, which it may share with others: an upper bound. */
    private int cost(BriefLine line) {
        return counter.count(BriefLine.render(List.of(line))) + 1;
    }

    private static List<BriefLine> fresh(List<Turn> turns) {
        var lines = new ArrayList<BriefLine>();
        for (Turn turn : turns) {
            var message = turn.message();
            if (message.role() == Role.USER || message.role() == Role.ASSISTANT) {
                var anchors = AnchorDetector.in(message).stream()
                        .map(AnchorDetector.Detected::text)
                        .toList();
                int place = 0;
                for (Sentences.Part part : Sentences.of(message.text())) {
                    if (part.kind() == Sentences.Kind.PROSE && place < PER_TURN) {
                        lines.add(line(turn, part.text(), place++, anchors));
                    }
                }
            }
        }
        return lines;
    }

    private static BriefLine line(Turn turn, String sentence, int place, List<String> anchors) {
        String name = turn.message().name();
        boolean settles =
                anchors.stream().anyMatch(anchor -> sentence.replace('’', '\'').contains(anchor));
        return new BriefLine(
                BriefLine.day(turn.at()),
                turn.number(),
                place,
                name == null ? turn.message().role().wire() : name,
                shortened(plain(sentence)),
                settles);
    }

    /** Without the marks of headings, lists and emphasis. */
    private static String plain(String sentence) {
        return sentence.replaceAll("^(?:#{1,6}|[-*+•]|\\d{1,2}[.)])\\s+", "")
                .replace("**", "")
                .replace("__", "")
                .strip();
    }

    private static String shortened(String sentence) {
        if (sentence.length() <= LONGEST) {
            return sentence;
        }
        int comma = sentence.lastIndexOf(", ", LONGEST);
        int end = comma > LONGEST / 2 ? comma : Math.max(sentence.lastIndexOf(' ', LONGEST), LONGEST / 2);
        return sentence.substring(0, end).stripTrailing() + " …";
    }

    private static String covered(List<Turn> turns) {
        return "Turns " + turns.getFirst().number() + " to " + turns.getLast().number() + ".";
    }

    /** A line and what it would cost. */
    record Priced(BriefLine line, int tokens) {}
}
