package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.perpetua.domain.conversation.TurnRange;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Which appends have been made in a partition, remembered for two days: a hash of a day's requests, in buckets. */
final class Requests {

    private static final int DAYS = 3;
    private static final int NAME = 12;

    private Requests() {}

    /** The buckets that a request may be in, today's first. */
    private static List<byte[]> buckets(Place place, String request, Instant now) {
        long today = now.getEpochSecond() / Duration.ofDays(1).toSeconds();
        String bucket = HexFormat.of().toHexDigits(hash(request)[NAME], 1);
        return LongStream.range(0, DAYS)
                .mapToObj(before -> place.key("q:" + (today - before) + ":" + bucket))
                .toList();
    }

    private static byte[] name(String request) {
        return Arrays.copyOf(hash(request), NAME);
    }

    /** Has {@code commit} do nothing if the request was made already. Returns the last condition's number. */
    static int requireNew(Commit commit, Place place, String request, Instant now) {
        int last = 0;
        for (byte[] bucket : buckets(place, request, now)) {
            last = commit.requireField(new byte[0], bucket, name(request));
        }
        return last;
    }

    /** Has {@code commit} remember that the request wrote {@code range}. */
    static void note(Commit commit, Place place, String request, Instant now, TurnRange range) {
        byte[] bucket = buckets(place, request, now).getFirst();
        commit.then("HSET", bucket, name(request), packed(range))
                .then("EXPIRE", bucket, Commit.ascii(Duration.ofDays(DAYS).toSeconds()));
    }

    /** What the request wrote, null if it was not made. */
    static @Nullable TurnRange done(Link link, Place place, String request, Instant now) {
        var found = link.askAll(buckets(place, request, now).stream()
                .<Link.Question<byte[]>>map(bucket -> commands ->
                        commands.hget(bucket, name(request)).thenApply(packed -> packed == null ? new byte[0] : packed))
                .toList());
        return found.stream()
                .filter(packed -> packed.length > 0)
                .findFirst()
                .map(Requests::range)
                .orElse(null);
    }

    private static byte[] packed(TurnRange range) {
        return new Packer().number(range.first()).number(range.last()).packed();
    }

    static TurnRange range(byte[] packed) {
        var in = new Unpacker(packed, 0);
        return new TurnRange(in.smallNumber(), in.smallNumber());
    }

    private static byte[] hash(String request) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(request.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
