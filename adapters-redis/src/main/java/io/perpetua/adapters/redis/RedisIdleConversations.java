package io.perpetua.adapters.redis;

import io.lettuce.core.SetArgs;
import io.lettuce.core.api.async.RedisServerAsyncCommands;
import io.perpetua.application.conversation.IdleConversations;
import io.perpetua.domain.conversation.ConversationKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Conversations by the hour in which somebody added to them last, which the ledger has. Hours are told by the instances'
 * clocks; one whose clock is far from Redis' own takes no conversation for idle, for it would erase what is in use.
 */
@Singleton
@Shared
final class RedisIdleConversations implements IdleConversations {

    /** Whoever looks has this key, and the others nothing to do, until it has been through or stops looking. */
    private static final byte[] LOOKING = Commit.ascii("perpetua:idle");

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Clocks may be as far apart as the hours are long. */
    private static final Duration APART = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(RedisIdleConversations.class);

    private final Link link;
    private final Partitions partitions;
    private final Reading reading;
    private final Erasure erasure;
    private final Entries entries;
    private final Instances instances;
    private final InstantSource clock;

    @Inject
    RedisIdleConversations(
            Link link, Partitions partitions, Reading reading, Erasure erasure, Entries entries, Instances instances) {
        this(link, partitions, reading, erasure, entries, instances, InstantSource.system());
    }

    RedisIdleConversations(
            Link link,
            Partitions partitions,
            Reading reading,
            Erasure erasure,
            Entries entries,
            Instances instances,
            InstantSource clock) {
        this.link = link;
        this.partitions = partitions;
        this.reading = reading;
        this.erasure = erasure;
        this.entries = entries;
        this.instances = instances;
        this.clock = clock;
    }

    @Override
    public Look look(Instant before, @Nullable String cursor) {
        if ((cursor == null && !isOnTime()) || !mayLook()) {
            return new Look(List.of(), null);
        }
        int bucket = cursor == null ? 0 : Integer.parseInt(cursor); // counted through all partitions
        if (bucket % Partitions.BUCKETS == 0) {
            bucket = partitions.next(bucket / Partitions.BUCKETS) * Partitions.BUCKETS;
        }
        int partition = bucket / Partitions.BUCKETS;
        if (partition == Place.PARTITIONS) {
            return through(List.of());
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
        return next >= Place.PARTITIONS * Partitions.BUCKETS ? through(keys) : new Look(keys, Integer.toString(next));
    }

    /** Asked once for all partitions: a clock is wrong for longer than a look through them takes. */
    private boolean isOnTime() {
        long seconds = Long.parseLong(
                Commit.text(link.ask(RedisServerAsyncCommands::time).getFirst()));
        var apart = Duration.between(Instant.ofEpochSecond(seconds), clock.instant());
        if (apart.abs().compareTo(APART) > 0) {
            LOG.warn("This machine's clock is {} from Redis' own: nothing is taken for idle", apart);
            return false;
        }
        return true;
    }

    /** Two may look at once where one has just died, which costs them a few reads. */
    private boolean mayLook() {
        String looking = looking();
        if (!looking.equals(entries.owner()) && instances.dead(List.of(looking)).contains(looking)) {
            stopLooking();
            looking = looking();
        }
        return looking.equals(entries.owner());
    }

    /** Who looks: this instance, if nobody did. */
    private String looking() {
        byte[] me = Commit.ascii(entries.owner());
        return link.ask(commands -> commands.set(
                        LOOKING, me, SetArgs.Builder.nx().px(PATIENCE.toMillis()))
                .thenCompose(set -> set == null
                        ? commands.get(LOOKING).thenApply(found -> found == null ? "" : Commit.text(found))
                        : CompletableFuture.completedFuture(entries.owner())));
    }

    private void stopLooking() {
        link.ask(commands -> commands.del(LOOKING));
    }

    /** The end: somebody else may have the next turn. */
    private Look through(List<ConversationKey> idle) {
        stopLooking();
        return new Look(idle, null);
    }

    @Override
    public boolean erase(ConversationKey key, Instant before) {
        return erasure.erase(key, LedgerEntry.hour(before));
    }
}
