package io.perpetua.adapters.redis;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Goes through the ledger, a few of its buckets at a time. Safe for concurrent use. */
@Singleton
@Shared
final class Partitions {

    /** How many buckets of the ledger a partition has. */
    static final int BUCKETS = 256;

    /** How many of them are read at once. */
    static final int STEP = 64;

    private final Link link;

    Partitions(Link link) {
        this.link = link;
    }

    /** Where a conversation is, and what the ledger says of it. */
    record Entry(Place place, LedgerEntry ledger) {}

    /** The first partition from {@code partition} on that has conversations, {@value Place#PARTITIONS} if none has. */
    int next(int partition) {
        for (int from = partition; from < Place.PARTITIONS; from += STEP) {
            int end = Math.min(Place.PARTITIONS, from + STEP);
            var counts = link.askAllPatiently(IntStream.range(from, end)
                    .<Link.Question<byte[]>>mapToObj(
                            each -> commands -> commands.hget(Counts.of(each), Commit.ascii(Counts.CONVERSATIONS))
                                    .thenApply(found -> found == null ? Commit.ascii(0) : found))
                    .toList());
            for (int i = 0; i < counts.size(); i++) {
                if (Long.parseLong(Commit.text(counts.get(i))) > 0) {
                    return from + i;
                }
            }
        }
        return Place.PARTITIONS;
    }

    /** The conversations of a partition in {@value #STEP} buckets of its ledger from number {@code bucket} on. */
    List<Entry> conversations(int partition, int bucket) {
        var buckets = link.askAllPatiently(IntStream.range(bucket, bucket + STEP)
                .<Link.Question<Map<byte[], byte[]>>>mapToObj(each -> commands ->
                        commands.hgetall(new Place(partition, HexFormat.of().toHexDigits(each, 2)).ledger()))
                .toList());
        var found = new ArrayList<Entry>();
        for (int i = 0; i < buckets.size(); i++) {
            String name = HexFormat.of().toHexDigits(bucket + i, 2);
            buckets.get(i)
                    .forEach((field, packed) -> found.add(
                            new Entry(new Place(partition, name + Commit.text(field)), LedgerEntry.of(packed))));
        }
        return found;
    }
}
