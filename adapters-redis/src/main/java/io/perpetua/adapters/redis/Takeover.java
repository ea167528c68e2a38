package io.perpetua.adapters.redis;

import io.lettuce.core.ScriptOutputType;
import io.perpetua.application.StoreUnavailable;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/*
 * An owner is taken for dead when it is missed at two looks in a row: when the server comes back after a while, everybody's
 * sign of life is gone, and everybody gives one before the second look.
 */
/** Takes over the outbox entries of instances that have died. Safe for concurrent use. */
@Singleton
@Shared
final class Takeover {

    /** Partitions that are asked at once. */
    static final int STEP = 64;

    /** More new names than a partition has entries to be taken over. */
    private static final int NAMES = 1 << 24;

    private static final Script SCRIPT = Script.load("takeover.lua");

    private final Link link;
    private final Instances instances;
    private final Entries entries;
    private Set<String> missed = Set.of();

    Takeover(Link link, Instances instances, Entries entries) {
        this.link = link;
        this.instances = instances;
        this.entries = entries;
    }

    /** Looks into every partition, and takes over what is left by those who were missed at the last look, too. */
    synchronized void look() {
        var owners = new HashSet<String>();
        var leaving = new HashSet<Integer>();
        for (int from = 0; from < Place.PARTITIONS; from += STEP) {
            int first = from;
            var fields = link.askAllPatiently(IntStream.range(from, from + STEP)
                    .<Link.Question<List<byte[]>>>mapToObj(
                            partition -> commands -> commands.hkeys(Claim.outbox(partition)))
                    .toList());
            for (int i = 0; i < fields.size(); i++) {
                for (byte[] field : fields.get(i)) {
                    String owner = Claim.owner(Commit.text(field));
                    if (!owner.equals(entries.owner())) {
                        owners.add(owner);
                        leaving.add(first + i);
                    }
                }
            }
        }
        var dead = instances.dead(owners);
        var confirmed = dead.stream().filter(missed::contains).collect(Collectors.toSet());
        missed = dead;
        if (!confirmed.isEmpty()) {
            leaving.forEach(partition -> take(partition, confirmed));
        }
    }

    /** Whether somebody was missed at the last look, so that the next one should not wait long. */
    synchronized boolean missesSomebody() {
        return !missed.isEmpty();
    }

    private void take(int partition, Set<String> owners) {
        String names = entries.newFields(NAMES).substring(Claim.OWNER);
        byte[][] arguments = new byte[owners.size() + 2][];
        arguments[0] = Commit.ascii(entries.owner());
        arguments[1] = Commit.ascii(names);
        int at = 2;
        for (String owner : owners) {
            arguments[at++] = Commit.ascii(owner);
        }
        byte[][] keys = {Claim.outbox(partition)};
        List<Object> taken = take(keys, arguments);
        for (int i = 0; i < taken.size(); i += 2) {
            entries.add(Claim.of(partition, Commit.text(Reading.bytes(taken, i)), Reading.bytes(taken, i + 1)));
        }
    }

    private List<Object> take(byte[][] keys, byte[][] arguments) {
        try {
            return link.askPatiently(commands -> Link.run(commands, SCRIPT, ScriptOutputType.MULTI, keys, arguments));
        } catch (StoreUnavailable e) {
            entries.doubt(); // they may be this instance's all the same
            throw e;
        }
    }

    /** Takes in the entries of this instance that it does not know of, as many as there is room for. */
    void recall() {
        for (int from = 0; from < Place.PARTITIONS; from += STEP) {
            if (entries.claims().isFull()) {
                entries.doubt(); // the rest is looked for when there is room
                return;
            }
            int first = from;
            var all = link.askAllPatiently(IntStream.range(from, from + STEP)
                    .<Link.Question<Map<byte[], byte[]>>>mapToObj(
                            partition -> commands -> commands.hgetall(Claim.outbox(partition)))
                    .toList());
            for (int i = 0; i < all.size(); i++) {
                for (var entry : all.get(i).entrySet()) {
                    String field = Commit.text(entry.getKey());
                    if (Claim.owner(field).equals(entries.owner())) {
                        entries.add(Claim.of(first + i, field, entry.getValue()));
                    }
                }
            }
        }
    }
}
