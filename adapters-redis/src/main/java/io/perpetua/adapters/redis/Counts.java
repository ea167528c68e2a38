package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.perpetua.domain.mode.Mode;

/** The sums over a partition's conversations, kept by whatever changes them. */
final class Counts {

    static final String CONVERSATIONS = "conversations";
    static final String TURNS = "turns";
    static final String TOKENS = "tokens";

    private Counts() {}

    static byte[] of(int partition) {
        return Commit.ascii(Place.prefix(partition) + "s");
    }

    static String of(Mode mode) {
        return mode.wire();
    }

    static void add(Commit commit, Place place, String what, long amount) {
        if (amount != 0) {
            commit.then("HINCRBY", of(place.partition()), what.getBytes(US_ASCII), Commit.ascii(amount));
        }
    }

    /** A conversation is there that has this entry in the ledger, or with sign -1 it is not there any more. */
    static void conversation(Commit commit, Place place, LedgerEntry entry, int sign) {
        add(commit, place, CONVERSATIONS, sign);
        add(commit, place, TURNS, (long) sign * entry.turns());
        add(commit, place, TOKENS, sign * entry.tokens());
        add(commit, place, of(entry.mode()), sign);
    }
}
