package io.perpetua.benchmarks.conversation;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes sentences from templates: {@code [[a|b]]} becomes one of its alternatives, {@code $name} what is put in. */
final class Phrasing {

    private static final Pattern CHOICE = Pattern.compile("\\[\\[(.*?)]]");
    private static final Pattern SLOT = Pattern.compile("\\$([A-Za-z]+)");

    private final Map<String, Supplier<String>> slots;
    private final RandomGenerator random;

    /** Fills slots by their longest name that is a key of {@code slots}; what follows the name stays as it is. */
    Phrasing(Map<String, Supplier<String>> slots, RandomGenerator random) {
        this.slots = Map.copyOf(slots);
        this.random = random;
    }

    String write(String template) {
        String chosen = CHOICE.matcher(template).replaceAll(found -> quoted(one(found.group(1))));
        return SLOT.matcher(chosen).replaceAll(found -> quoted(filled(found.group(1))));
    }

    private String one(String alternatives) {
        var choices = List.of(alternatives.split("\\|"));
        return choices.get(random.nextInt(choices.size()));
    }

    private String filled(String name) {
        for (int end = name.length(); end > 0; end--) {
            var slot = slots.get(name.substring(0, end));
            if (slot != null) {
                return slot.get() + name.substring(end);
            }
        }
        throw new IllegalArgumentException("nothing to put in for $" + name);
    }

    private static String quoted(String text) {
        return Matcher.quoteReplacement(text);
    }
}
