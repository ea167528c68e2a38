package io.perpetua.adapters.redis;

import io.perpetua.application.conversation.Stores;
import java.time.Duration;
import java.time.InstantSource;

/** The adapters of one instance over a server, without a thread of their own. */
final class RecordOverRedis implements AutoCloseable {

    final Link link;
    final Homes homes;
    final Instances instances;
    final Entries entries;
    final Takeover takeover;
    final Hints hints;
    final Recent recent;
    final Partitions partitions;
    final RedisConversations conversations;
    final RedisOutbox outbox;
    final RedisAnchors anchors;
    final RedisBriefs briefs;
    final RedisStatistics statistics;
    final RedisIdleConversations idle;
    final RedisArchive archive;

    RecordOverRedis(String url) {
        this(url, Duration.ofMinutes(5), InstantSource.system());
    }

    RecordOverRedis(String url, Duration life, InstantSource clock) {
        link = new Link(url, Duration.ofSeconds(10));
        homes = new Homes(link);
        recent = new Recent();
        var reading = new Reading(link, homes, recent);
        hints = new Hints(link);
        instances = new Instances(link, life);
        instances.beat();
        entries = new Entries(instances);
        takeover = new Takeover(link, instances, entries);
        partitions = new Partitions(link);
        var growth = new Growth(link, homes, reading, recent, hints, entries, clock);
        var erasure = new Erasure(
                link,
                reading,
                recent,
                hints,
                entries,
                new RedisJournal(link),
                new DocumentErasure(link, new RedisIndexJobs(link)));
        conversations = new RedisConversations(
                reading, growth, erasure, new Recognition(link, hints), new Listing(link, reading));
        var branches = new Branches(link, homes, reading);
        outbox = new RedisOutbox(
                link, branches, reading, entries, takeover, new Refill(link, partitions, reading, entries));
        anchors = new RedisAnchors(link, reading, recent);
        briefs = new RedisBriefs(link, reading, recent);
        statistics = new RedisStatistics(link);
        idle = new RedisIdleConversations(link, partitions, reading, erasure, entries, instances, clock);
        var families = new Families(partitions, reading);
        var turns = new ArchivedTurns(link, branches);
        var staged = new Staged(link);
        var arrival = new Arrival(link, homes, branches, staged, hints, entries, clock);
        archive = new RedisArchive(
                families,
                turns,
                new ArchivedParts(turns, branches, staged, reading, arrival),
                staged,
                new GrowthOrder(link, homes, reading, families, clock));
    }

    Stores stores() {
        return stores("answers");
    }

    /** Answers that are kept under another name have limits of their own. */
    Stores stores(String answers) {
        return new Stores(conversations, outbox, anchors, briefs, new RedisAnswerCache(link, homes, answers));
    }

    @Override
    public void close() {
        instances.close();
        link.close();
    }
}
