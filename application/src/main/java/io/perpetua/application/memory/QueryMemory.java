package io.perpetua.application.memory;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.memory.RecallTurns.Match;
import io.perpetua.domain.context.Excerpt;
import io.perpetua.domain.context.Sections;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.memory.Selection.Limits;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Use case: ask a conversation's memory what bears on a question. Reads only. Safe for concurrent use. */
public final class QueryMemory {

    private static final int TOKENS = 2_000;

    private final Conversations conversations;
    private final IndexTurns index;
    private final RecallTurns recall;

    public QueryMemory(Conversations conversations, IndexTurns index, RecallTurns recall) {
        this.conversations = conversations;
        this.index = index;
        this.recall = recall;
    }

    /**
     * What to look for, and how much of it; null is whatever the memory finds best.
     *
     * @param topK most matches, from 1
     * @param window turns that a match brings along on either side, from 0
     * @param tokenBudget most tokens of context, from 1
     */
    public record MemoryQuery(
            ConversationKey key,
            String query,
            @Nullable Integer topK,
            @Nullable Integer window,
            @Nullable Integer tokenBudget) {

        /** Tells of what is said no more than its length: it may get into logs. */
        @Override
        public String toString() {
            return "MemoryQuery[" + key + "]";
        }
    }

    /**
     * What was found.
     *
     * @param matches the turns found for themselves, the best first
     * @param turns the numbers of all turns in {@code context}, ascending
     * @param context the turns as a model would be shown them; empty when nothing was found
     * @param totalTokens what the context costs
     * @param degraded what was missing
     */
    public record Recollection(
            List<Match> matches,
            List<Integer> turns,
            String context,
            int totalTokens,
            List<String> degraded,
            long latencyMs) {}

    public Recollection query(MemoryQuery query) {
        var conversation = conversations.find(query.key());
        if (conversation == null) {
            throw RequestRefused.noConversation(query.key(), "conversation_id");
        }
        boolean caughtUp = index.catchUpUnlessBusy();
        var search = recall.search(query.key(), conversation.path(), query.query());
        var found = search.select(limits(query, conversation.turns()));
        return new Recollection(
                found.matches(),
                found.excerpts().stream().map(Excerpt::turn).toList(),
                Sections.recalled(found.excerpts()),
                found.tokens(),
                caughtUp ? search.degraded() : withIndex(search.degraded()),
                search.latencyMs());
    }

    /** Without a wish for matches or windows, what measured best: as much as the budget holds. */
    private static Limits limits(MemoryQuery query, int turns) {
        int tokens = query.tokenBudget() == null ? TOKENS : query.tokenBudget();
        var filling = Limits.filling(turns + 1, tokens);
        return new Limits(
                filling.before(),
                query.topK() == null ? filling.matches() : query.topK(),
                query.window() == null ? filling.window() : query.window(),
                query.window() == null ? filling.windowed() : Integer.MAX_VALUE,
                tokens);
    }

    private static List<String> withIndex(List<String> degraded) {
        return Stream.concat(degraded.stream(), Stream.of(RecallTurns.INDEX))
                .distinct()
                .toList();
    }
}
