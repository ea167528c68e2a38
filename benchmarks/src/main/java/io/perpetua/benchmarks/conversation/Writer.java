package io.perpetua.benchmarks.conversation;

import io.perpetua.benchmarks.conversation.UiConversation.Exchange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Writes one exchange after the other, each about another aspect of another component. Not safe for concurrent use. */
final class Writer {

    private static final int ON_THE_ASPECT = 2;
    private static final int THOUGHTS = 3;

    private final Talk talk;
    private final SplittableRandom random;
    private final Map<String, Bag<String>> bags = new HashMap<>();
    private final Bag<Integer> aspects;
    private final List<Bag<String>> asks = new ArrayList<>();
    private final List<Bag<String>> answers = new ArrayList<>();
    private final Bag<String> code;
    private final Set<String> written = new HashSet<>();

    Writer(Talk talk, SplittableRandom random) {
        this.talk = talk;
        this.random = random;
        talk.lists().forEach((name, lines) -> bags.put(name, new Bag<>(lines, random)));
        code = new Bag<>(talk.code(), random);
        var numbers = new ArrayList<Integer>();
        for (var aspect : talk.aspects()) {
            numbers.add(numbers.size());
            asks.add(new Bag<>(aspect.asks(), random));
            answers.add(new Bag<>(aspect.answers(), random));
        }
        aspects = new Bag<>(numbers, random);
    }

    /** An exchange in which the remarks of either side fall. */
    Exchange exchange(List<String> byUser, List<String> byAssistant) {
        int aspect = aspects.draw();
        String component = one("components");
        String page = one("pages");
        Map<String, Supplier<String>> slots = new HashMap<>();
        slots.put("component", () -> component);
        slots.put("Comp", () -> camel(component));
        slots.put("kebab", () -> component.replace(' ', '-'));
        slots.put("page", () -> page);
        slots.put("person", () -> one("people"));
        slots.put("n", () -> Integer.toString(13 + random.nextInt(83)));
        slots.put("shade", () -> String.format(Locale.ROOT, "#%06x", random.nextInt(1 << 24)));
        String word = one("words");
        slots.put("word", () -> word);
        slots.put("Word", () -> camel(word));
        var fields = new Bag<>(bag("fields").draw(2), random);
        slots.put("field", fields::draw);
        var entities = new Bag<>(bag("entities").draw(2), random);
        slots.put("entity", entities::draw);
        var phrasing = new Phrasing(slots, random);
        return new Exchange(
                fresh(() -> user(phrasing, aspect, byUser)), fresh(() -> assistant(phrasing, aspect, byAssistant)));
    }

    private String user(Phrasing phrasing, int aspect, List<String> remarks) {
        var text = new ArrayList<String>();
        if (random.nextInt(3) > 0) {
            text.add(one("openers"));
        }
        text.add(asks.get(aspect).draw());
        text.addAll(bag("asides").draw(remarks.isEmpty() ? 2 : 1));
        String said = sentences(phrasing, text);
        return remarks.isEmpty() ? said : said + (random.nextBoolean() ? "\n\n" : " ") + String.join(" ", remarks);
    }

    private String assistant(Phrasing phrasing, int aspect, List<String> remarks) {
        var text = new ArrayList<>(List.of(one("acknowledgements")));
        text.addAll(answers.get(aspect).draw(ON_THE_ASPECT));
        text.addAll(bag("thoughts").draw(THOUGHTS + random.nextInt(2)));
        String body = sentences(phrasing, text);
        if (!remarks.isEmpty()) {
            body += "\n\n" + String.join(" ", remarks);
        }
        return body + "\n\n" + phrasing.write(code.draw()) + "\n\n" + phrasing.write(one("closings"));
    }

    private static String sentences(Phrasing phrasing, List<String> templates) {
        var text = new StringBuilder();
        for (String template : templates) {
            String sentence = phrasing.write(template).strip();
            boolean goesOn = text.length() > 0 && text.charAt(text.length() - 1) == ',';
            text.append(text.isEmpty() ? "" : " ").append(goesOn ? lower(sentence) : sentence);
        }
        return text.toString();
    }

    /** The first attempt that was not written before. */
    private String fresh(Supplier<String> attempt) {
        String text = attempt.get();
        while (!written.add(text)) {
            text = attempt.get();
        }
        return text;
    }

    private String one(String list) {
        return bag(list).draw();
    }

    private Bag<String> bag(String list) {
        return bags.computeIfAbsent(list, name -> new Bag<>(talk.list(name), random));
    }

    private static String camel(String words) {
        var name = new StringBuilder();
        for (String word : List.of(words.split(" "))) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return name.toString();
    }

    /** So that a sentence can go on after a comma; names and "I" keep their capital. */
    private static String lower(String sentence) {
        boolean plain = sentence.matches("(How|The|Can|What|Find|New|Which|People|Validate|On|Write|Where|Let|In|Add"
                + "|Who|Some|Make|Plural|Do|Check|Could|Is|Somebody|One|When|Design|A|Searching|We|Dragging|Handle"
                + "|Should|Are|Text|Caretakers)\\b.*");
        return plain ? Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1) : sentence;
    }
}
