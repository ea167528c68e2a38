package io.perpetua.adapters.redis;

import static java.util.stream.Collectors.groupingBy;

import io.perpetua.adapters.redis.Claims.Numbered;
import io.perpetua.adapters.redis.Reading.Read;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.conversation.Outbox;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The outbox, in Redis: this instance's share of it. */
@Singleton
@Shared
final class RedisOutbox implements Outbox {

    /** About how many bytes of turns are handed out at once, unless one entry has more. */
    private static final long ENOUGH = 4L << 20;

    private final Link link;
    private final Branches branches;
    private final Reading reading;
    private final Entries entries;
    private final Takeover takeover;
    private final Refill refill;

    RedisOutbox(Link link, Branches branches, Reading reading, Entries entries, Takeover takeover, Refill refill) {
        this.link = link;
        this.branches = branches;
        this.reading = reading;
        this.entries = entries;
        this.takeover = takeover;
        this.refill = refill;
    }

    @Override
    public List<Entry> pending(long after, int limit) {
        if (entries.claims().takeDoubt()) {
            recall();
        }
        var some = enough(entries.claims().after(after, limit));
        var turns = link.askAll(some.stream()
                .<Link.Question<List<byte[]>>>map(each -> commands -> commands.lrange(
                        each.claim().branch().turns(each.claim().place()),
                        each.claim().at(),
                        // of an erasure nothing
                        each.claim().erased() ? each.claim().at() - 1L : end(each.claim())))
                .toList());
        var pending = new ArrayList<Entry>();
        for (int i = 0; i < some.size(); i++) {
            pending.add(entry(some.get(i), turns.get(i)));
        }
        return pending;
    }

    private void recall() {
        try {
            takeover.recall();
        } catch (StoreUnavailable e) {
            entries.doubt();
            throw e;
        }
    }

    private static List<Numbered> enough(List<Numbered> some) {
        long bytes = 0;
        for (int i = 0; i < some.size(); i++) {
            bytes += some.get(i).claim().bytes();
            if (i > 0 && bytes > ENOUGH) {
                return some.subList(0, i);
            }
        }
        return some;
    }

    private static long end(Claim claim) {
        return (long) claim.at() + claim.last() - claim.first();
    }

    private static Entry entry(Numbered each, List<byte[]> packed) {
        Claim claim = each.claim();
        var scope = claim.key().scope();
        var branch = claim.branch().name();
        if (claim.erased()) {
            return new Entry.Erased(each.number(), scope, branch, claim.first() - 1);
        }
        var turns = new ArrayList<Turn>();
        for (byte[] turn : packed) {
            turns.add(StoredTurn.turn(turn, claim.first() + turns.size()));
        }
        return new Entry.Written(each.number(), scope, branch, turns);
    }

    @Override
    public void forget(long through) {
        Map<Integer, List<Claim>> done =
                entries.claims().through(through).stream().collect(groupingBy(Claim::partition));
        link.askAll(done.entrySet().stream()
                .<Link.Question<Long>>map(each -> commands -> commands.hdel(
                        Claim.outbox(each.getKey()),
                        each.getValue().stream()
                                .map(claim -> Commit.ascii(claim.field()))
                                .toArray(byte[][]::new)))
                .toList());
        entries.claims().remove(through);
    }

    @Override
    public List<Turn> turns(Scope scope, String name, int first, int last) {
        Branch branch = Branch.of(scope, name);
        if (branch != null) {
            Read read = reading.turns(new ConversationKey(scope, branch.id()), List.of(new TurnRange(first, last)));
            if (read != null && read.stored().head().branch().equals(branch)) {
                return read.turns();
            }
        }
        var found = branches.find(scope, name);
        if (found == null || found.stretch().last() < first) {
            return List.of();
        }
        var shared = reading.turns(
                found.through().head().key(),
                List.of(new TurnRange(first, Math.min(last, found.stretch().last()))));
        return shared == null ? List.of() : shared.turns();
    }

    @Override
    public long depth() {
        return link
                .askAllPatiently(IntStream.range(0, Place.PARTITIONS)
                        .<Link.Question<Long>>mapToObj(partition -> commands -> commands.hlen(Claim.outbox(partition)))
                        .toList())
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Override
    public void refill() {
        refill.run();
    }
}
