package io.perpetua.application.memory;

import io.perpetua.application.conversation.Conversations;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.memory.LexicalSignals;
import io.perpetua.domain.memory.TurnSignals;
import io.perpetua.domain.memory.TurnTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * Without an index the record itself is read, from the conversation's end as far back as can be read while an answer
 * waits, and its words are counted on the spot: the same signals by the same recipe, but for meaning.
 */
/** Searches a conversation's turns in the record. Safe for concurrent use. */
final class RecordSearch {

    /** Turns that are read, the latest. */
    private static final int TURNS = 2_000;

    /** Turns that are read at once. */
    private static final int STEP = 250;

    /** After so much text, in UTF-16 units, no more is read: about as much as takes a tenth of a second. */
    private static final long TEXT = 2_000_000;

    private final Conversations conversations;
    private final TurnWords analysis;

    RecordSearch(Conversations conversations, TurnWords analysis) {
        this.conversations = conversations;
        this.analysis = analysis;
    }

    /** What the words of the latest turns of a path say about {@code query}; their meaning is not known. */
    TurnSignals search(ConversationKey key, List<PathSegment> path, String query) {
        var turns = latest(key, path);
        var words = turns.stream().map(turn -> analysis.of(turn.message())).toList();
        var table = table(turns, words);
        var lexical = new LexicalSignals(table);
        Map<String, Integer> asked = new LinkedHashMap<>();
        analysis.ofQuery(query).forEach(word -> asked.merge(word, 1, Integer::sum));
        Map<String, int[]> frequencies = new LinkedHashMap<>();
        for (int row = 0; row < words.size(); row++) {
            for (String word : words.get(row)) {
                if (asked.containsKey(word)) {
                    frequencies.computeIfAbsent(word, none -> new int[turns.size()])[row]++;
                }
            }
        }
        asked.forEach((word, times) -> {
            int[] column = frequencies.get(word);
            if (column != null) {
                lexical.add(word, column, times);
            }
        });
        float[] meaning = new float[turns.size()];
        Arrays.fill(meaning, Float.NaN);
        return lexical.with(table, meaning);
    }

    private List<Turn> latest(ConversationKey key, List<PathSegment> path) {
        int last = path.isEmpty() ? 0 : path.getLast().last();
        int first = Math.max(path.isEmpty() ? 1 : path.getFirst().first(), last - TURNS + 1);
        List<Turn> turns = new ArrayList<>();
        long text = 0;
        for (int end = last; end >= first && text < TEXT; end -= STEP) {
            var range = new TurnRange(Math.max(first, end - STEP + 1), end);
            var step = conversations.turns(key, List.of(range));
            text += step.stream()
                    .mapToLong(turn -> turn.message().text().length())
                    .sum();
            turns.addAll(0, step);
        }
        return turns;
    }

    private static TurnTable table(List<Turn> turns, List<List<String>> words) {
        List<@Nullable String> names = new ArrayList<>();
        turns.forEach(turn -> names.add(turn.message().name()));
        return TurnTable.of(
                turns.stream().mapToInt(Turn::number).toArray(),
                turns.stream().map(turn -> turn.message().role()).toList(),
                names,
                turns.stream().mapToLong(turn -> turn.at().getEpochSecond()).toArray(),
                turns.stream().mapToInt(Turn::tokens).toArray(),
                words.stream().mapToInt(List::size).toArray());
    }
}
