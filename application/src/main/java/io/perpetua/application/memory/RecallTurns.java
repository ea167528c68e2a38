package io.perpetua.application.memory;

import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.application.tracing.Tracing;
import io.perpetua.application.tracing.Tracing.Step;
import io.perpetua.domain.budget.Dropped;
import io.perpetua.domain.context.Excerpt;
import io.perpetua.domain.context.Sections;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.memory.Clipping;
import io.perpetua.domain.memory.Question;
import io.perpetua.domain.memory.Ranker;
import io.perpetua.domain.memory.Ranking;
import io.perpetua.domain.memory.Selection;
import io.perpetua.domain.memory.Selection.Limits;
import io.perpetua.domain.memory.TurnSignals;
import io.perpetua.domain.memory.TurnTable;
import io.perpetua.domain.tokens.TokenCounter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Use case: find the older turns that bear on a message. Reads only. Safe for concurrent use. */
public final class RecallTurns {

    /** How many turns on either side a match brings along. */
    public static final int WINDOW = 2;

    /** What a report calls a missing index, or an embedder that is missing or too slow. */
    static final String INDEX = "index";

    static final String EMBEDDER = "embedder";

    /** A shown turn costs this much more than it did when it was said: its number and speaker, and its share of a date. */
    private static final int LINE_OVERHEAD = 2;

    private final Conversations conversations;
    private final TurnIndex index;
    private final RecordSearch record;
    private final @Nullable QuestionVectors questions;
    private final TokenCounter counter;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Tracing tracing;

    /**
     * Looks into {@code index} and shows what {@code conversations} hold. While the index is away, the latest turns are
     * looked through themselves.
     *
     * @param words how texts become words where the index is away
     * @param questions null to recall by words only
     * @param nanos a clock for durations, such as {@code System::nanoTime}
     * @param tracing follows every search
     */
    public RecallTurns(
            Conversations conversations,
            TurnIndex index,
            TurnWords words,
            @Nullable QuestionVectors questions,
            TokenCounter counter,
            InstantSource clock,
            LongSupplier nanos,
            Tracing tracing) {
        this.conversations = conversations;
        this.index = index;
        this.record = new RecordSearch(conversations, words);
        this.questions = questions;
        this.counter = counter;
        this.clock = clock;
        this.nanos = nanos;
        this.tracing = tracing;
    }

    /** Searches a dialogue's past for what bears on {@code question}. */
    public Search search(Dialogue dialogue, String question) {
        var past = dialogue.past();
        if (past == null) {
            throw new IllegalArgumentException("a dialogue without a past has nothing to recall");
        }
        return search(past.key(), dialogue.path(), question);
    }

    /** Searches a conversation's path. */
    public Search search(ConversationKey key, List<PathSegment> path, String question) {
        return tracing.step(Step.SEARCH_MEMORY, () -> look(key, path, question));
    }

    private Search look(ConversationKey key, List<PathSegment> path, String question) {
        long start = nanos.getAsLong();
        var degraded = new ArrayList<String>();
        float[] vector = embed(question, degraded);
        var ranking =
                Ranker.rank(signals(key, path, question, vector, degraded), new Question(question, clock.instant()));
        return new Search(
                key,
                question,
                ranking,
                degraded,
                Duration.ofNanos(nanos.getAsLong() - start).toMillis());
    }

    private TurnSignals signals(
            ConversationKey key,
            List<PathSegment> path,
            String question,
            float @Nullable [] vector,
            List<String> degraded) {
        try {
            return index.search(key.scope(), path, question, vector);
        } catch (IndexUnavailable e) {
            degraded.add(INDEX);
            return record.search(key, path, question);
        }
    }

    private float @Nullable [] embed(String question, List<String> degraded) {
        if (questions == null) {
            return null;
        }
        try {
            return questions.of(question);
        } catch (EmbedderUnavailable e) {
            degraded.add(EMBEDDER);
            return null;
        }
    }

    /** One search's ranking, from which more or less can be taken. */
    public final class Search {

        private final ConversationKey key;
        private final String question;
        private final Ranking ranking;
        private final List<String> degraded;
        private final long latencyMs;

        private Search(ConversationKey key, String question, Ranking ranking, List<String> degraded, long latencyMs) {
            this.key = key;
            this.question = question;
            this.ranking = ranking;
            this.degraded = List.copyOf(degraded);
            this.latencyMs = latencyMs;
        }

        /** What was missing: {@code embedder}, {@code index}. */
        public List<String> degraded() {
            return degraded;
        }

        public long latencyMs() {
            return latencyMs;
        }

        /** The best of the ranking within {@code limits}, whose tokens are counted as the turns will be shown. */
        public Recollection select(Limits limits) {
            return select(limits, turn -> turn.message().text());
        }

        /**
         * The best of the ranking within {@code limits}.
         *
         * @param view what of a turn may be shown, at most its text; empty for nothing
         */
        public Recollection select(Limits limits, Function<Turn, String> view) {
            if (ranking.order().length == 0) {
                return Recollection.NOTHING;
            }
            var found = shown(ranking, limits, view);
            // Lines are priced by a rule of thumb until they are written; what that missed is taken off and tried
            // again.
            for (int tokens = limits.tokens(); found.tokens() > limits.tokens() && tokens > 0; ) {
                tokens = Math.max(0, tokens - (found.tokens() - limits.tokens()));
                found = shown(ranking, limits.withTokens(tokens), view);
            }
            return found;
        }

        private Recollection shown(Ranking ranking, Limits limits, Function<Turn, String> view) {
            var table = ranking.signals().table();
            var selection = Selection.of(ranking, limits, row -> table.tokens()[row] + LINE_OVERHEAD);
            var excerpts = new ArrayList<Excerpt>();
            var matches = new HashMap<Integer, Match>();
            for (Turn turn : turns(table, selection)) {
                int row = Arrays.binarySearch(table.numbers(), turn.number());
                var excerpt =
                        excerpt(turn, view.apply(turn), selection.clipped().get(row));
                if (!excerpt.text().isBlank()) {
                    excerpts.add(excerpt);
                    matches.put(row, match(ranking, row, turn));
                }
            }
            int tokens = excerpts.isEmpty() ? 0 : counter.count(Sections.recalled(excerpts));
            var best = selection.matches().stream()
                    .filter(matches::containsKey)
                    .map(matches::get)
                    .toList();
            return new Recollection(excerpts, best, selection.dropped(), tokens);
        }

        private Excerpt excerpt(Turn turn, String text, @Nullable Integer clippedTo) {
            return Excerpt.of(turn, clippedTo == null ? text : Clipping.of(text, question, clippedTo, counter));
        }

        private List<Turn> turns(TurnTable table, Selection selection) {
            var ranges = new ArrayList<TurnRange>();
            for (int row : selection.rows()) {
                int number = table.numbers()[row];
                if (!ranges.isEmpty() && ranges.getLast().last() == number - 1) {
                    ranges.add(new TurnRange(ranges.removeLast().first(), number));
                } else {
                    ranges.add(new TurnRange(number, number));
                }
            }
            return ranges.isEmpty() ? List.of() : conversations.turns(key, ranges);
        }

        private static Match match(Ranking ranking, int row, Turn turn) {
            float meaning = ranking.signals().meaning()[row];
            return new Match(
                    turn,
                    ranking.score()[row],
                    Float.isNaN(meaning) ? null : (double) meaning,
                    ranking.signals().context()[row]);
        }
    }

    /**
     * A turn that was found for itself.
     *
     * @param score comparable within one search only
     * @param semantic the cosine of question and turn, null where there is no embedding
     * @param lexical BM25 of the turn and those around it
     */
    public record Match(Turn turn, double score, @Nullable Double semantic, double lexical) {}

    /**
     * What is recalled.
     *
     * @param excerpts the turns that are shown, ascending, each once
     * @param matches those of them that were found for themselves, the best first
     * @param dropped what was found and left out
     * @param tokens what showing them costs
     */
    public record Recollection(List<Excerpt> excerpts, List<Match> matches, List<Dropped> dropped, int tokens) {

        public static final Recollection NOTHING = new Recollection(List.of(), List.of(), List.of(), 0);
    }
}
