package io.perpetua.adapters.redis;

import static java.util.Objects.requireNonNull;

import io.perpetua.adapters.redis.Hints.Hint;
import io.perpetua.adapters.redis.Hints.Spot;
import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.domain.conversation.Fingerprint;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.KeptAnchors;
import io.perpetua.domain.memory.KeptAnchors.Change;
import io.perpetua.domain.mode.Mode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns that are about to be added to a conversation, as far as it is known.
 *
 * @param made whether it is being made, with the turns that it shares
 * @param turns how many it has before
 * @param tokens what those cost
 * @param tip the fingerprint of those
 * @param kept the anchors that it has before, null where nothing is detected in the new turns and they are not known
 * @param mode the mode that it is in before
 */
record Growing(
        Place place,
        Head head,
        boolean made,
        int turns,
        long tokens,
        Fingerprint tip,
        @Nullable Kept kept,
        Mode mode) {

    /** Most turns of an outbox entry, and about how many bytes they have. */
    static final int STRETCH = 256;

    private static final int STRETCH_BYTES = 1 << 20;

    /**
     * All that is to be written.
     *
     * @param after the conversation afterwards
     */
    record Written(Stored after, TurnRange range, List<Hint> hints, List<Claim> claims) {}

    /**
     * Adds to {@code commit} what appending comes to.
     *
     * @param fields names a new outbox entry
     * @param grown when it grows, in {@link Micros}
     */
    Written write(Commit commit, Append append, Instant now, long grown, Supplier<String> fields) {
        var packed = new ArrayList<byte[]>();
        var hints = new ArrayList<Hint>();
        var detected = new ArrayList<Anchor>();
        long total = tokens;
        int number = turns;
        Fingerprint fingerprint = tip;
        NewTurn last = append.turns().getLast();
        Branch branch = head.branch();
        for (NewTurn turn : append.turns()) {
            number++;
            total += turn.tokens();
            fingerprint = fingerprint.then(turn.message());
            packed.add(StoredTurn.packed(turn, total, fingerprint));
            detected.addAll(turn.anchorsAt(number));
            var spot = new Spot(place.partition(), branch.list(), number - head.first(), number);
            hints.add(new Hint(fingerprint, spot));
        }
        var entry = new LedgerEntry(number, total, append.mode() == null ? mode : append.mode(), LedgerEntry.hour(now));
        var claims = claims(packed, fields);
        Change change = detected.isEmpty()
                ? new Change(List.of(), List.of())
                : KeptAnchors.adding(requireNonNull(kept).anchors(), detected);
        boolean changes = !change.added().isEmpty() || !change.dropped().isEmpty();
        Kept anchors = changes ? requireNonNull(kept).after(change) : kept;
        commit.each("RPUSH", branch.turns(place), packed)
                .then("HSET", place.ledger(), place.field(), entry.packed())
                .then("ZADD", place.listed(head.key().scope()), Commit.ascii(grown), Commit.ascii(place.token()));
        if (anchors != null && (changes || made) && !anchors.anchors().isEmpty()) {
            commit.then("SET", place.anchors(), anchors.packed());
        }
        for (Claim claim : claims) {
            commit.then("HSET", Claim.outbox(place.partition()), Commit.ascii(claim.field()), claim.packed());
        }
        count(commit, entry);
        var tipped = new StoredTurn(total, last.tokens(), Micros.instant(Micros.of(last.at())), fingerprint);
        return new Written(
                new Stored(place, head, entry, tipped, anchors), new TurnRange(turns + 1, number), hints, claims);
    }

    private void count(Commit commit, LedgerEntry entry) {
        if (made) {
            Counts.conversation(commit, place, entry, 1);
            return;
        }
        Counts.add(commit, place, Counts.TURNS, entry.turns() - turns);
        Counts.add(commit, place, Counts.TOKENS, entry.tokens() - tokens);
        if (entry.mode() != mode) {
            Counts.add(commit, place, Counts.of(mode), -1);
            Counts.add(commit, place, Counts.of(entry.mode()), 1);
        }
    }

    private List<Claim> claims(List<byte[]> packed, Supplier<String> fields) {
        var claims = new ArrayList<Claim>();
        int from = 0;
        long bytes = 0;
        for (int i = 0; i < packed.size(); i++) {
            bytes += packed.get(i).length;
            if (i + 1 == packed.size() || i + 1 - from == STRETCH || bytes >= STRETCH_BYTES) {
                int first = turns + 1 + from;
                claims.add(new Claim(
                        place.partition(),
                        fields.get(),
                        head.key(),
                        head.incarnation(),
                        head.alias(),
                        first,
                        turns + 1 + i,
                        first - head.first(),
                        bytes));
                from = i + 1;
                bytes = 0;
            }
        }
        return claims;
    }
}
