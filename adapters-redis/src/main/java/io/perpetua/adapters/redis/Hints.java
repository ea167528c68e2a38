package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.conversation.Fingerprint;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/*
 * A fingerprint's places are in a bucket that is anywhere in a cluster, so they are not written in one piece with the turn.
 * They are hints: whoever follows one looks whether the turn is there. One that leads nowhere costs a look; one that is
 * missing costs a conversation that is not recognised, so what could not be written is written later.
 */
/** Where turns are, by the fingerprints of the histories that end with them. Safe for concurrent use. */
@Singleton
@Shared
final class Hints {

    /** So many that the hash of one bucket stays small up to a hundred million turns. */
    private static final int BUCKETS = 1 << 18;

    /** Most places of one fingerprint, the latest. */
    private static final int MOST_PLACES = 16;

    /** Most hints that are kept to be written later. */
    private static final int MOST_LATE = 10_000;

    private static final int NAME = 10;

    /** How long a write that has succeeded waits for its hints. */
    private static final long PATIENCE_MILLIS = 50;

    private static final Script SCRIPT = Script.load("hint.lua");

    private final Link link;
    private final ConcurrentLinkedQueue<Hint> late = new ConcurrentLinkedQueue<>();
    private final AtomicInteger lateCount = new AtomicInteger();

    Hints(Link link) {
        this.link = link;
    }

    /** That a turn is the end of a history. */
    record Hint(Fingerprint fingerprint, Spot spot) {}

    /**
     * Where a turn is.
     *
     * @param branch a branch's token and incarnation
     * @param at its place in the branch's list
     * @param number its number
     */
    record Spot(int partition, String branch, int at, int number) {

        private static final int BRANCH = Place.TOKEN + Head.INCARNATION;

        private String packed() {
            return partition + ":" + branch + number + (number == at + 1 ? "" : ":" + at);
        }

        private static Spot of(String packed) {
            int branch = packed.indexOf(':') + 1;
            String[] numbers = packed.substring(branch + BRANCH).split(":", -1);
            int number = Integer.parseInt(numbers[0]);
            return new Spot(
                    Integer.parseInt(packed, 0, branch - 1, 10),
                    packed.substring(branch, branch + BRANCH),
                    numbers.length == 1 ? number - 1 : Integer.parseInt(numbers[1]),
                    number);
        }
    }

    /** Sends hints. What it gives is done in a moment in any case; what has not been written then is written later. */
    CompletableFuture<Void> send(RedisClusterAsyncCommands<byte[], byte[]> commands, List<Hint> hints) {
        var sent = hints.stream()
                .map(hint -> put(commands, hint, MOST_PLACES)
                        .orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                        .exceptionally(e -> {
                            later(hint);
                            return 0L;
                        }))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(sent);
    }

    /** Writes hints, all of them. */
    void write(List<Hint> hints) {
        link.askAllPatiently(hints.stream()
                .<Link.Question<Long>>map(hint -> commands -> put(commands, hint, MOST_PLACES))
                .toList());
    }

    private void later(Hint hint) {
        if (lateCount.incrementAndGet() > MOST_LATE) {
            lateCount.decrementAndGet();
        } else {
            late.add(hint);
        }
    }

    /** Writes what could not be written. */
    void sendLate() {
        List<Hint> some = new ArrayList<>();
        for (Hint hint = late.poll(); hint != null; hint = late.poll()) {
            lateCount.decrementAndGet();
            some.add(hint);
        }
        if (!some.isEmpty()) {
            link.ask(commands -> send(commands, some).thenApply(done -> some.size()));
        }
    }

    /** Takes hints away; those that cannot be taken away lead nowhere. */
    void remove(List<Hint> hints) {
        try {
            link.askAll(hints.stream()
                    .<Link.Question<Long>>map(hint -> commands -> put(commands, hint, 0))
                    .toList());
        } catch (StoreUnavailable e) {
            // They do no harm.
        }
    }

    private static CompletableFuture<Long> put(
            RedisClusterAsyncCommands<byte[], byte[]> commands, Hint hint, int most) {
        byte[][] keys = {bucket(hint.fingerprint)};
        return Link.<Long>run(
                        commands,
                        SCRIPT,
                        ScriptOutputType.INTEGER,
                        keys,
                        name(hint.fingerprint),
                        Commit.ascii(hint.spot.packed()),
                        Commit.ascii(most))
                .toCompletableFuture();
    }

    /** The spots of each fingerprint, the latest first. */
    List<List<Spot>> of(List<Fingerprint> fingerprints) {
        var answers = link.askAll(fingerprints.stream()
                .<Link.Question<byte[]>>map(
                        fingerprint -> commands -> commands.hget(bucket(fingerprint), name(fingerprint))
                                .thenApply(found -> found == null ? new byte[0] : found))
                .toList());
        return answers.stream().map(Hints::spots).toList();
    }

    private static List<Spot> spots(byte[] packed) {
        return packed.length == 0
                ? List.of()
                : Arrays.stream(Commit.text(packed).split(",", -1))
                        .map(Spot::of)
                        .toList();
    }

    private static byte[] bucket(Fingerprint fingerprint) {
        int bucket = Math.floorMod(ByteBuffer.wrap(fingerprint.bytes(), 12, 4).getInt(), BUCKETS);
        return Commit.ascii("perpetua:h:" + bucket);
    }

    private static byte[] name(Fingerprint fingerprint) {
        return Base64.getUrlEncoder()
                .encodeToString(fingerprint.bytes())
                .substring(0, NAME)
                .getBytes(US_ASCII);
    }
}
