package io.perpetua.domain.memory;

import io.perpetua.domain.conversation.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A conversation in tests: its words are what stands between spaces, its vectors are given by hand. */
final class Talk {

    static final Instant START = Instant.parse("2024-03-04T09:00:00Z");

    private final List<Role> roles = new ArrayList<>();
    private final List<@Nullable String> names = new ArrayList<>();
    private final List<List<String>> words = new ArrayList<>();
    private final List<Instant> times = new ArrayList<>();
    private final List<Integer> tokens = new ArrayList<>();
    private Instant now = START;

    Talk says(Role role, @Nullable String name, String text, int cost) {
        roles.add(role);
        names.add(name);
        words.add(words(text));
        times.add(now);
        tokens.add(cost);
        now = now.plusSeconds(60);
        return this;
    }

    Talk says(String name, String text) {
        return says(Role.USER, name, text, 10);
    }

    Talk user(String text) {
        return says(Role.USER, null, text, 10);
    }

    Talk assistant(String text, int cost) {
        return says(Role.ASSISTANT, null, text, cost);
    }

    Talk later(Duration pause) {
        now = now.plus(pause);
        return this;
    }

    TurnTable table() {
        return TurnTable.of(
                numbers(),
                roles,
                names,
                times.stream().mapToLong(Instant::getEpochSecond).toArray(),
                tokens.stream().mapToInt(Integer::intValue).toArray(),
                words.stream().mapToInt(List::size).toArray());
    }

    private int[] numbers() {
        int[] numbers = new int[words.size()];
        Arrays.setAll(numbers, row -> row + 1);
        return numbers;
    }

    /** Signals without vectors. */
    TurnSignals asked(String query) {
        float[] none = new float[words.size()];
        Arrays.fill(none, Float.NaN);
        return asked(query, none);
    }

    TurnSignals asked(String query, float[] meaning) {
        return hits(query).with(table(), meaning);
    }

    TurnSignals asked(String query, float[] meaning, float[] passage) {
        return hits(query).with(table(), meaning, passage);
    }

    private LexicalSignals hits(String query) {
        var signals = new LexicalSignals(table());
        Map<String, Integer> asked = new LinkedHashMap<>();
        words(query).forEach(word -> asked.merge(word, 1, Integer::sum));
        asked.forEach((word, times) -> signals.add(
                word,
                words.stream()
                        .mapToInt(
                                turn -> (int) turn.stream().filter(word::equals).count())
                        .toArray(),
                times));
        return signals;
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
