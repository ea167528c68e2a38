package io.perpetua.benchmarks.economy;

import io.perpetua.domain.tokens.MessageTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A conversation made up from a seed: two people plan the year of a market garden, going from one matter to the next and
 * coming back to earlier ones. Lengths vary by half around the shape's. The same seed says the same.
 */
final class Talk {

    private static final List<String> MATTERS = List.of(
            "greenhouse",
            "irrigation",
            "compost",
            "orchard",
            "beehives",
            "market stall",
            "delivery van",
            "cold store",
            "seed order",
            "school visit",
            "tool shed",
            "rainwater tank",
            "herb beds",
            "potato field",
            "workshop",
            "newsletter",
            "accounts",
            "insurance",
            "hedge",
            "chicken run");
    private static final List<String> PEOPLE =
            List.of("Ines", "Bram", "Oskar", "Tilde", "Marek", "Yusuf", "Lotte", "Piet", "Sanna", "the neighbour");
    private static final List<String> PAST = List.of(
            "repaired",
            "measured",
            "ordered",
            "sketched",
            "cleaned",
            "postponed",
            "insulated",
            "emptied",
            "rented out",
            "photographed",
            "rebuilt",
            "priced");
    private static final List<String> DETAILS = List.of(
            "with second-hand boards",
            "before the frost",
            "for half the price",
            "after the long rain",
            "without asking anybody",
            "in a single afternoon",
            "as the handbook says",
            "with the borrowed ladder",
            "for the third time",
            "to save on electricity",
            "so that the door closes again",
            "while it was still dark");
    private static final List<String> OPINIONS = List.of(
            "I think that was the right decision",
            "that worries me a little",
            "we should look at it again in spring",
            "it cost more than we had planned",
            "nobody has complained so far",
            "I would do it differently now",
            "it works better than I had expected",
            "we ought to write that down");
    private static final List<String> QUESTIONS = List.of(
            "What do you think we should do about the %s next?",
            "How was it with the %s last time?",
            "Who looks after the %s in %s?",
            "Do you remember what we said about the %s?",
            "Is the %s worth another try in %s?");
    private static final List<String> MONTHS = List.of(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");

    private final SplittableRandom random;
    private final MessageTokens tokens;
    private String matter = MATTERS.getFirst();

    private Talk(long seed, MessageTokens tokens) {
        random = new SplittableRandom(seed);
        this.tokens = tokens;
    }

    /** What is said in {@code turns} turns, the user first. */
    static List<String> turns(Shape shape, int turns, long seed, MessageTokens tokens) {
        var talk = new Talk(seed, tokens);
        var said = new ArrayList<String>();
        for (int turn = 0; turn < turns; turn++) {
            said.add(turn % 2 == 0 ? talk.question(shape.user()) : talk.statement(shape.assistant()));
        }
        return said;
    }

    private String question(int mean) {
        if (random.nextInt(4) == 0) {
            matter = one(MATTERS);
        }
        String question = one(QUESTIONS).formatted(matter, one(MONTHS));
        int length = length(mean);
        var text = new StringBuilder();
        while (tokens.ofText(text + question) < length) {
            text.append(sentence()).append(' ');
        }
        return text + question;
    }

    private String statement(int mean) {
        int length = length(mean);
        var text = new StringBuilder(sentence());
        while (tokens.ofText(text.toString()) < length) {
            text.append(' ').append(sentence());
        }
        return text.toString();
    }

    private int length(int mean) {
        return mean / 2 + random.nextInt(mean + 1) - SENTENCE / 2;
    }

    /** Tokens of a sentence or so: what a text that is written to a length goes beyond it, twice over. */
    private static final int SENTENCE = 22;

    private String sentence() {
        return switch (random.nextInt(3)) {
            case 0 ->
                "%s %s the %s on %s %d %s."
                        .formatted(one(PEOPLE), one(PAST), matter, one(MONTHS), 1 + random.nextInt(28), one(DETAILS));
            case 1 ->
                "For the %s we paid %d euros in %s, and %s."
                        .formatted(matter, 10 + random.nextInt(900), one(MONTHS), one(OPINIONS));
            default ->
                "As to the %s, %s; %s %s it %s.".formatted(matter, one(OPINIONS), one(PEOPLE), one(PAST), one(DETAILS));
        };
    }

    private String one(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
