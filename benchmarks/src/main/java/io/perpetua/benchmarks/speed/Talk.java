package io.perpetua.benchmarks.speed;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An endless talk between two people in plain English, made up by a seeded generator: some words come up all the time
 * and most seldom, and hardly a sentence comes twice. The same seed gives the same talk. Not safe for concurrent use.
 */
final class Talk {

    private static final List<String> PEOPLE = words("""
            Anna Boris Clara David Elena Felix Greta Hugo Irene Jonas Karla Leo Marta Nils Olga Pavel Quentin Rosa Stefan
            Tilda Ulrich Vera Walter Xenia Yannick Zoe Agnes Bruno Cecilia Dora Emil Frida Gustav Hanna Igor Judith
            """);
    private static final List<String> PLACES = words("""
            harbour library station market garden workshop museum kitchen bakery theatre office school bridge castle
            chapel farm forest hospital island lake mill observatory orchard quarry river stadium tower valley village
            vineyard warehouse winery attic balcony basement courtyard gallery greenhouse laboratory lighthouse
            """);
    private static final List<String> THINGS = words("""
            letter bicycle camera guitar kettle ladder lantern mirror notebook painting parcel piano recipe report table
            telescope ticket umbrella violin wagon window anchor basket blanket bottle bucket button candle carpet chair
            clock compass curtain cushion drawer engine envelope fence flute fountain gate hammer helmet kite lamp map
            medal motor net oven pillow plough pump radio rope saddle scarf shelf shovel spoon statue stove suitcase
            tent thermometer tile toolbox tractor trumpet vase wheel whistle wrench almanac barometer calendar dictionary
            easel ferry gearbox hourglass invoice jacket keyboard locket manuscript
            """);
    private static final List<String> DEEDS = words("""
            repaired found borrowed bought cleaned delivered described drew finished forgot hid inspected lent lost
            measured moved ordered packed photographed polished promised rebuilt replaced returned sold sorted tested
            unpacked weighed wrapped adjusted collected compared copied examined
            """);
    private static final List<String> KINDS = words("""
            old new heavy small green broken expensive borrowed wooden rusty quiet bright narrow empty famous strange
            fragile round silver striped woollen yellow crooked dusty enormous faded golden hollow iron
            """);
    private static final List<String> TIMES = List.of(
            "this morning",
            "yesterday",
            "last week",
            "before lunch",
            "after the storm",
            "on Tuesday",
            "on Saturday",
            "in the spring",
            "at noon",
            "late at night",
            "during the holidays",
            "when the rain stopped");
    private static final List<String> REASONS = List.of(
            "because nobody else wanted to do it",
            "since the price was going up again",
            "so that we can leave earlier",
            "although it took the whole afternoon",
            "and it was much easier than I had expected",
            "while the others were waiting outside",
            "because the neighbours had asked for it twice",
            "and I still do not know what it will cost",
            "which surprised everybody at the table",
            "even though the instructions were missing a page");
    private static final List<String> OPENINGS = List.of(
            "Well,",
            "You know,",
            "I think",
            "Honestly,",
            "As far as I remember,",
            "By the way,",
            "It turns out",
            "To be fair,",
            "I have to say",
            "Good question,");

    private final SplittableRandom random;

    Talk(long seed) {
        random = new SplittableRandom(seed);
    }

    /** What is said next: one to three sentences, some 25 words in the mean. */
    String turn() {
        var said = new StringBuilder(random.nextInt(3) == 0 ? one(OPENINGS) + " " : "").append(sentence());
        for (int more = random.nextInt(3); more > 0; more--) {
            said.append(' ').append(sentence());
        }
        return said.toString();
    }

    private String sentence() {
        String thing = "the " + one(KINDS) + " " + one(THINGS);
        return switch (random.nextInt(4)) {
            case 0 -> one(PEOPLE) + " " + one(DEEDS) + " " + thing + " at the " + one(PLACES) + " " + one(TIMES) + ".";
            case 1 ->
                one(TIMES) + " we " + one(DEEDS) + " " + thing + " for " + one(PEOPLE) + ", " + one(REASONS) + ".";
            case 2 ->
                one(PEOPLE) + " and " + one(PEOPLE) + " never " + one(DEEDS) + " " + thing + " from the " + one(PLACES)
                        + ".";
            default ->
                "there are " + (2 + random.nextInt(97)) + " pieces of " + thing + " in the " + one(PLACES) + ", "
                        + one(REASONS) + ".";
        };
    }

    /** A question about such things. */
    String question() {
        String thing = "the " + one(KINDS) + " " + one(THINGS);
        return switch (random.nextInt(4)) {
            case 0 ->
                "What happened to " + thing + " that " + one(PEOPLE) + " " + one(DEEDS) + " at the " + one(PLACES)
                        + "?";
            case 1 -> "Who " + one(DEEDS) + " " + thing + " " + one(TIMES) + "?";
            case 2 -> "Did " + one(PEOPLE) + " tell me where " + thing + " from the " + one(PLACES) + " is?";
            default -> "How many pieces of " + thing + " were there in the " + one(PLACES) + "?";
        };
    }

    /** One of them, the first ones far more often than the last. */
    private String one(List<String> words) {
        double where = random.nextDouble();
        return words.get((int) (where * where * words.size()));
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.strip().split("\\s+"));
    }
}
