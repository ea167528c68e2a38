package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.perpetua.adapters.redis.Head.Stretch;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Puts every turn into the outbox again, partition by partition. Safe for concurrent use. */
@Singleton
@Shared
final class Refill {

    /** How many conversations are read at once. */
    private static final int STEP = 256;

    private static final int STRETCH = 64;
    private static final long BYTES_OF_A_TURN = 1_000;

    private final Link link;
    private final Partitions partitions;
    private final Reading reading;
    private final Entries entries;

    Refill(Link link, Partitions partitions, Reading reading, Entries entries) {
        this.link = link;
        this.partitions = partitions;
        this.reading = reading;
        this.entries = entries;
    }

    void run() {
        for (int partition = partitions.next(0);
                partition < Place.PARTITIONS;
                partition = partitions.next(partition + 1)) {
            partition(partition);
        }
    }

    private void partition(int partition) {
        var places = new ArrayList<Place>();
        for (int bucket = 0; bucket < Partitions.BUCKETS; bucket += Partitions.STEP) {
            partitions.conversations(partition, bucket).forEach(each -> places.add(each.place()));
        }
        Set<String> put = new HashSet<>();
        List<Stored> forks = new ArrayList<>();
        for (int from = 0; from < places.size(); from += STEP) {
            var claims = new ArrayList<Claim>();
            for (Stored stored : reading.heads(places.subList(from, Math.min(places.size(), from + STEP)))) {
                if (stored != null) {
                    Head head = stored.head();
                    put.add(head.branch().name());
                    stretches(claims, stored, new Stretch(head.branch(), head.first(), stored.turns()));
                    if (!head.shared().isEmpty()) {
                        forks.add(stored);
                    }
                }
            }
            put(partition, claims);
        }
        var orphans = new ArrayList<Claim>();
        for (Stored fork : forks) {
            for (Stretch stretch : fork.head().shared()) {
                if (!put.contains(stretch.branch().name())) {
                    stretches(orphans, fork, stretch);
                }
            }
        }
        put(partition, orphans);
    }

    private void stretches(List<Claim> claims, Stored stored, Stretch stretch) {
        for (int first = stretch.first(); first <= stretch.last(); first += STRETCH) {
            int last = Math.min(stretch.last(), first + STRETCH - 1);
            claims.add(new Claim(
                    stored.place().partition(),
                    entries.newField(),
                    stored.head().key().sibling(stretch.branch().id()),
                    stretch.branch().incarnation(),
                    stretch.branch().alias(),
                    first,
                    last,
                    first - stretch.first(),
                    (last - first + 1) * BYTES_OF_A_TURN));
        }
    }

    private void put(int partition, List<Claim> claims) {
        for (int from = 0; from < claims.size(); from += STEP) {
            var some = claims.subList(from, Math.min(claims.size(), from + STEP));
            link.askAllPatiently(some.stream()
                    .<Link.Question<Boolean>>map(claim -> commands ->
                            commands.hset(Claim.outbox(partition), claim.field().getBytes(UTF_8), claim.packed()))
                    .toList());
            some.forEach(entries::add);
        }
    }
}
