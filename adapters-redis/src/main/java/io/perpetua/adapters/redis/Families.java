package io.perpetua.adapters.redis;

import static java.util.Objects.requireNonNull;

import io.perpetua.adapters.redis.Head.Stretch;
import io.perpetua.application.transfer.Archive.Family;
import io.perpetua.application.transfer.Archive.Size;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Scope;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * A family is in one partition, and is known by the branch that all of its paths begin on. Which families a partition has
 * is found out when it is entered, and kept while they are asked for one after the other: some hundred bytes each.
 */
/** Goes through all conversations. Safe for concurrent use. */
@Singleton
@Shared
final class Families {

    /** Heads that are read at once. */
    private static final int STEP = 256;

    private final Partitions partitions;
    private final Reading reading;
    private @Nullable Walk current;

    Families(Partitions partitions, Reading reading) {
        this.partitions = partitions;
        this.reading = reading;
    }

    /** The families of a partition: tokens of conversations by the list of the branch that they begin on. */
    private record Walk(int partition, NavigableMap<String, List<String>> families) {}

    /** As {@link io.perpetua.application.transfer.Archive#familyAfter} has it. */
    synchronized @Nullable Family after(@Nullable String before) {
        int partition = -1;
        String root = "";
        if (before != null) {
            int colon = before.indexOf(':');
            partition = Integer.parseInt(before, 0, colon, 10);
            root = before.substring(colon + 1);
            if (current == null || current.partition != partition) {
                current = walk(partition);
            }
        }
        while (true) {
            if (partition >= 0) {
                for (var each :
                        requireNonNull(current).families.tailMap(root, false).entrySet()) {
                    Family family = family(partition, each.getKey(), each.getValue());
                    if (family != null) {
                        return family;
                    }
                }
            }
            partition = partitions.next(partition + 1);
            if (partition == Place.PARTITIONS) {
                current = null;
                return null;
            }
            current = walk(partition);
            root = "";
        }
    }

    private Walk walk(int partition) {
        var families = new TreeMap<String, List<String>>();
        each(
                partition,
                stored -> families.computeIfAbsent(root(stored), _ -> new ArrayList<>())
                        .add(stored.place().token()));
        return new Walk(partition, families);
    }

    private static String root(Stored stored) {
        var head = stored.head();
        return (head.shared().isEmpty()
                        ? head.branch()
                        : head.shared().getFirst().branch())
                .list();
    }

    private void each(int partition, Consumer<Stored> consumer) {
        var places = new ArrayList<Place>();
        for (int bucket = 0; bucket < Partitions.BUCKETS; bucket += Partitions.STEP) {
            partitions.conversations(partition, bucket).forEach(each -> places.add(each.place()));
        }
        heads(places, consumer);
    }

    private void heads(List<Place> places, Consumer<Stored> consumer) {
        for (int from = 0; from < places.size(); from += STEP) {
            for (Stored stored : reading.heads(places.subList(from, Math.min(places.size(), from + STEP)))) {
                if (stored != null) {
                    consumer.accept(stored);
                }
            }
        }
    }

    /** Null where none of it is there any more. */
    private @Nullable Family family(int partition, String root, List<String> tokens) {
        List<Stored> members = new ArrayList<>();
        heads(tokens.stream().map(token -> new Place(partition, token)).toList(), stored -> {
            if (root(stored).equals(root)) {
                members.add(stored);
            }
        });
        if (members.isEmpty()) {
            return null;
        }
        var ordered = ordered(members);
        Map<String, PathSegment> branches = new LinkedHashMap<>();
        for (Conversation each : ordered) {
            for (PathSegment segment : each.path()) {
                branches.merge(
                        segment.branch(),
                        segment,
                        (one, other) -> new PathSegment(one.branch(), one.first(), Math.max(one.last(), other.last())));
            }
        }
        return new Family(
                partition + ":" + root, ordered.getFirst().key().scope(), List.copyOf(branches.values()), ordered);
    }

    /** Each after the conversations whose turns it shares, and after the one that it was forked from. */
    private static List<Conversation> ordered(List<Stored> members) {
        var byAge = members.stream()
                .map(Stored::conversation)
                .sorted(Comparator.comparingInt(
                                (Conversation each) -> each.path().size())
                        .thenComparing(Conversation::createdAt)
                        .thenComparing(each -> each.key().id()))
                .toList();
        var byId = new HashMap<String, Conversation>();
        byAge.forEach(each -> byId.put(each.key().id(), each));
        var ordered = new ArrayList<Conversation>();
        var seen = new HashSet<ConversationKey>();
        for (Conversation each : byAge) {
            var line = new ArrayList<Conversation>();
            for (Conversation next = each;
                    next != null && seen.add(next.key());
                    next = next.forkedFrom() == null ? null : byId.get(next.forkedFrom())) {
                line.add(next);
            }
            ordered.addAll(line.reversed());
        }
        return ordered;
    }

    /** How much there is. */
    Size size() {
        var sum = new Object() {
            long conversations;
            long turns;
        };
        for (int partition = partitions.next(0);
                partition < Place.PARTITIONS;
                partition = partitions.next(partition + 1)) {
            Set<String> written = new HashSet<>();
            Map<String, Integer> shared = new HashMap<>();
            each(partition, stored -> {
                sum.conversations++;
                sum.turns += stored.turns() - stored.head().first() + 1;
                written.add(stored.head().branch().list());
                for (Stretch stretch : stored.head().shared()) {
                    shared.merge(stretch.branch().list(), stretch.last() - stretch.first() + 1, Math::max);
                }
            });
            shared.keySet().removeAll(written);
            sum.turns += shared.values().stream().mapToLong(Integer::longValue).sum();
        }
        return new Size(sum.conversations, sum.turns);
    }

    /** The scopes that have conversations, in an order that does not change. */
    List<Scope> scopes() {
        Set<Scope> scopes = new HashSet<>();
        for (int partition = partitions.next(0);
                partition < Place.PARTITIONS;
                partition = partitions.next(partition + 1)) {
            each(partition, stored -> scopes.add(stored.head().key().scope()));
        }
        return scopes.stream()
                .sorted(Comparator.comparing(Scope::tenant).thenComparing(Scope::namespace))
                .toList();
    }
}
