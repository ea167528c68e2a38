package io.perpetua.benchmarks.conversation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/*
 * When facts are spoken of, as shares of the conversation: first told in [0, 0.2), doubted in [0.25, 0.5), changed in
 * [0.3, 0.85), settled after the doubt and before 0.85. The rest, to the end, is silent about them.
 */
/** Which facts are spoken of where. Not safe for concurrent use. */
final class Remarks {

    private static final double EARLY = 0.2;
    private static final double LAST = 0.85;
    private static final double PER_EXCHANGE = 0.36;

    private final int exchanges;
    private final SplittableRandom random;
    private final Map<Integer, List<String>> byUser = new HashMap<>();
    private final Map<Integer, List<String>> byAssistant = new HashMap<>();
    private final List<Required> required = new ArrayList<>();

    /** Spreads facts over {@code exchanges}: 36 for 100 exchanges or more, fewer for a shorter conversation. */
    Remarks(int exchanges, SplittableRandom random) {
        this.exchanges = exchanges;
        this.random = random;
        var chosen = chosen();
        for (int i = 0; i < chosen.size(); i++) {
            int early = Math.max(1, (int) (exchanges * EARLY));
            place(chosen.get(i), 1 + i * early / chosen.size());
        }
    }

    /** What is asked for at the end. */
    List<Required> required() {
        return required;
    }

    List<String> byUser(int exchange) {
        return byUser.getOrDefault(exchange, List.of());
    }

    List<String> byAssistant(int exchange) {
        return byAssistant.getOrDefault(exchange, List.of());
    }

    /** As many facts as the conversation carries, of each fate in proportion, in random order. */
    private List<Fact> chosen() {
        var facts = new ArrayList<>(Fact.load());
        Collections.shuffle(facts, Random.from(random));
        facts.sort(Comparator.comparing(Fact::fate));
        int count = Math.max(1, Math.min(facts.size(), (int) (exchanges * PER_EXCHANGE)));
        var chosen = new ArrayList<Fact>();
        for (int i = 0; i < count; i++) {
            chosen.add(facts.get(i * facts.size() / count));
        }
        Collections.shuffle(chosen, Random.from(random));
        return chosen;
    }

    private void place(Fact fact, int first) {
        var values = new Bag<>(fact.values(), random).draw(2);
        String value = values.getFirst();
        String other = values.getLast();
        say(fact.byAssistant() ? byAssistant : byUser, first, fact.told(), value, other);
        switch (fact.fate()) {
            case TOLD -> require(fact, value, null, List.of(first));
            case CHANGED -> {
                int then = between(Math.max(first + 1, share(0.3)), share(LAST));
                say(byUser, then, fact.changed(), other, value);
                require(fact, other, value, List.of(first, then));
            }
            case SETTLED -> {
                int then = between(Math.max(first + 1, share(0.25)), share(0.5));
                int last = between(then + 1, share(LAST));
                say(byUser, then, fact.doubted(), value, other);
                say(byUser, last, fact.settled(), value, other);
                require(fact, value, other, List.of(first, then, last));
            }
        }
    }

    private void require(Fact fact, String current, @Nullable String rejected, List<Integer> where) {
        required.add(new Required(fact.name(), fact.fate(), current, rejected, where, fact.asked()));
    }

    private static void say(
            Map<Integer, List<String>> into, int exchange, @Nullable String template, String value, String other) {
        if (template != null) {
            into.computeIfAbsent(exchange, _ -> new ArrayList<>())
                    .add(template.replace("$value", value).replace("$other", other));
        }
    }

    private int share(double of) {
        return (int) (exchanges * of);
    }

    private int between(int first, int end) {
        return first + random.nextInt(Math.max(1, end - first));
    }
}
