package io.perpetua.bootstrap;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Conversations made up from a seed: reports of a harbour's day, no two alike, some 220 tokens each. */
final class Chatter {

    private static final List<String> WHO = List.of(
            "the harbour master",
            "the pilot",
            "a stevedore",
            "the customs clerk",
            "the cook",
            "the radio officer",
            "the diver",
            "the lighthouse keeper",
            "an apprentice",
            "the surveyor");
    private static final List<String> DID = List.of(
            "counted",
            "repaired",
            "mislaid",
            "inspected",
            "painted",
            "weighed",
            "ordered",
            "returned",
            "photographed",
            "moved");
    private static final List<String> WHAT = List.of(
            "the mooring lines",
            "a crate of lemons",
            "the tide tables",
            "two anchors",
            "the winch",
            "a barrel of tar",
            "the signal flags",
            "the fuel pump",
            "a roll of canvas",
            "the ballast");
    private static final List<String> WHERE = List.of(
            "at the north pier",
            "in shed four",
            "on the tug",
            "under the crane",
            "by the fish market",
            "in the dry dock",
            "behind the ice house",
            "near the weighbridge",
            "at the slipway",
            "on the breakwater");
    private static final int SENTENCES = 13;

    private Chatter() {}

    /**
     * Messages by turns of two speakers.
     *
     * @param at the turn, from 1, whose message ends with {@code fact}; 0 for none
     */
    static List<String> messages(long seed, int count, int at, String fact) {
        var random = new SplittableRandom(seed);
        var messages = new ArrayList<String>();
        for (int turn = 1; turn <= count; turn++) {
            var text = new StringBuilder();
            for (int i = 0; i < SENTENCES; i++) {
                text.append("At %d:%02d %s %s %s %s, entry %d. "
                        .formatted(
                                6 + random.nextInt(14),
                                random.nextInt(60),
                                one(WHO, random),
                                one(DID, random),
                                one(WHAT, random),
                                one(WHERE, random),
                                random.nextInt(1_000_000)));
            }
            messages.add(text + (turn == at ? fact : "That is all for report " + turn + "."));
        }
        return messages;
    }

    private static String one(List<String> words, SplittableRandom random) {
        return words.get(random.nextInt(words.size()));
    }
}
