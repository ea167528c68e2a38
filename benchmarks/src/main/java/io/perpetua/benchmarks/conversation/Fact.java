package io.perpetua.benchmarks.conversation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that is said early and required at the end, as {@code facts.txt} has it.
 *
 * @param name what it is about
 * @param values what {@code $value} and {@code $other} may be
 * @param told the sentence that says it first
 * @param byAssistant whether the assistant says that
 * @param changed the sentence that replaces it by another value, null where it never changes
 * @param doubted the sentence that speaks for another value, null where nobody does
 * @param settled the sentence that decides for the first value after all, null where nobody doubted it
 * @param asked the question at the end
 */
record Fact(
        String name,
        List<String> values,
        String told,
        boolean byAssistant,
        @Nullable String changed,
        @Nullable String doubted,
        @Nullable String settled,
        String asked) {

    /** What becomes of a fact on the way. */
    enum Fate {
        TOLD,
        CHANGED,
        SETTLED
    }

    Fate fate() {
        if (changed != null) {
            return Fate.CHANGED;
        }
        return settled != null ? Fate.SETTLED : Fate.TOLD;
    }

    static List<Fact> load() {
        var facts = new ArrayList<Fact>();
        for (String block : List.of(Resources.read("facts.txt").split("\\n\\s*\\n"))) {
            var lines = block.lines().filter(line -> !line.startsWith("#")).toList();
            if (!lines.isEmpty()) {
                facts.add(parse(lines));
            }
        }
        return List.copyOf(facts);
    }

    private static Fact parse(List<String> lines) {
        var said = new HashMap<String, String>();
        for (String line : lines.subList(1, lines.size())) {
            int space = line.indexOf(' ');
            said.put(line.substring(0, space), line.substring(space + 1).strip());
        }
        boolean byAssistant = said.containsKey("noted");
        return new Fact(
                lines.getFirst().strip(),
                Arrays.stream(needed(said, "values").split("\\|"))
                        .map(String::strip)
                        .toList(),
                needed(said, byAssistant ? "noted" : "told"),
                byAssistant,
                said.get("changed"),
                said.get("doubted"),
                said.get("settled"),
                needed(said, "asked"));
    }

    private static String needed(Map<String, String> said, String key) {
        String line = said.get(key);
        if (line == null) {
            throw new IllegalArgumentException("a fact without \"" + key + "\": " + said);
        }
        return line;
    }
}
