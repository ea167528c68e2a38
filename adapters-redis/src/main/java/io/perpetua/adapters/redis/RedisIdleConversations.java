package io.perpetua.adapters.redis;

import io.lettuce.core.SetArgs;
import io.perpetua.application.conversation.IdleConversations;
import io.perpetua.domain.conversation.ConversationKey;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Conversations by the hour in which somebody added to them last, which the ledger has. */
@Singleton
@Shared
final class RedisIdleConversations implements IdleConversations {

    /** Whoever looks has this key, and the others nothing to do, until it has been through or stops looking. */
    private static final byte[] LOOKING = Commit.ascii("perpetua:idle");

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Link link;
    private final Partitions partitions;
    private final Reading reading;
    private final Erasure erasure;
    private final Entries entries;

    RedisIdleConversations(Link link, Partitions partitions, Reading reading, Erasure erasure, Entries entries) {
        this.link = link;
        this.partitions = partitions;
        this.reading = reading;
        this.erasure = erasure;
        this.entries = entries;
    }

    @Override
    public Look look(Instant before, @Nullable String cursor) {
        if (!mayLook()) {
            return new Look(List.of(), null);
        }
        int bucket = cursor == null ? 0 : Integer.parseInt(cursor); // counted through all partitions
        if (bucket % Partitions.BUCKETS == 0) {
            bucket = partitions.next(bucket / Partitions.BUCKETS) * Partitions.BUCKETS;
        }
        int partition = bucket / Partitions.BUCKETS;
        if (partition == Place.PARTITIONS) {
            return new Look(List.of(), null);
        }
        int oldest = LedgerEntry.hour(before);
        List<Place> idle = new ArrayList<>();
        for (var entry : partitions.conversations(partition, bucket % Partitions.BUCKETS)) {
            if (entry.ledger().hour() < oldest) {
                idle.add(entry.place());
            }
        }
        var keys = reading.heads(idle).stream()
                .filter(Objects::nonNull)
                .map(stored -> stored.head().key())
                .toList();
        int next = bucket + Partitions.STEP;
        return new Look(keys, next >= Place.PARTITIONS * Partitions.BUCKETS ? null : Integer.toString(next));
    }

    private boolean mayLook() {
        byte[] me = Commit.ascii(entries.owner());
        String got = link.ask(commands -> commands.set(
                        LOOKING, me, SetArgs.Builder.nx().px(PATIENCE.toMillis()))
                .thenCompose(set -> set == null
                        ? commands.get(LOOKING).thenApply(looking -> looking == null ? "" : Commit.text(looking))
                        : CompletableFuture.completedFuture(entries.owner())));
        return got.equals(entries.owner());
    }

    @Override
    public boolean erase(ConversationKey key, Instant before) {
        return erasure.erase(key, LedgerEntry.hour(before));
    }
}
