package io.perpetua.adapters.redis;

import io.perpetua.adapters.redis.Branches.Found;
import io.perpetua.adapters.redis.Reading.Read;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.application.transfer.Archive.Added;
import io.perpetua.application.transfer.Archive.Part;
import io.perpetua.application.transfer.Archive.Stretch;
import io.perpetua.application.transfer.ArchivedConversation;
import io.perpetua.application.transfer.ArchivedTurn;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Names;
import io.perpetua.domain.conversation.PathSegment;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/*
 * All of a part is compared with what is there before any of it is written. A branch that some conversation has on its path
 * grows by that conversation alone: turns that would follow those are another story of the same name, and conflict.
 */
/** How parts of families are added. Safe for concurrent use. */
@Singleton
@Shared
final class ArchivedParts {

    private final ArchivedTurns turns;
    private final Branches branches;
    private final Staged staged;
    private final Reading reading;
    private final Arrival arrival;

    ArchivedParts(ArchivedTurns turns, Branches branches, Staged staged, Reading reading, Arrival arrival) {
        this.turns = turns;
        this.branches = branches;
        this.staged = staged;
        this.reading = reading;
        this.arrival = arrival;
    }

    Added add(Part part) {
        while (true) {
            var added = new Attempt(part).add();
            if (added != null) {
                return added;
            }
            // Whoever was overtaken looks again.
        }
    }

    /** One part as long as nothing of it changes meanwhile. */
    private final class Attempt {

        private final Part part;
        private final Map<String, @Nullable Found> used = new HashMap<>();
        private final Map<String, TreeMap<Integer, byte[]>> missing = new LinkedHashMap<>();

        Attempt(Part part) {
            this.part = part;
        }

        /** Null when something has changed. */
        @Nullable
        Added add() {
            for (Stretch stretch : part.turns()) {
                String conflict = compare(stretch);
                if (conflict != null) {
                    return Added.conflicting(conflict);
                }
            }
            var absent = new ArrayList<ArchivedConversation>();
            for (ArchivedConversation each : part.conversations()) {
                Read there = reading.whole(each.conversation().key(), 0);
                if (there == null) {
                    absent.add(each);
                } else if (!same(there, each)) {
                    return Added.conflicting(
                            "conversation " + name(each.conversation().key()));
                }
            }
            int turns = missing.values().stream().mapToInt(Map::size).sum();
            if (absent.isEmpty()) {
                missing.forEach((branch, some) -> staged.put(part.scope(), branch, some));
                return new Added(0, turns, null);
            }
            var coming = coming(absent);
            String conflict = conflict(absent, coming);
            if (conflict != null) {
                return Added.conflicting(conflict);
            }
            stageTheRest(coming);
            return arrival.of(part.scope(), absent, List.copyOf(coming.values()))
                    ? new Added(absent.size(), turns, null)
                    : null;
        }

        private @Nullable Found used(String branch) {
            if (!used.containsKey(branch)) {
                if (!Names.valid(branch) && Branch.of(part.scope(), branch) == null) {
                    throw new IllegalArgumentException("not the name of a branch");
                }
                used.put(branch, branches.find(part.scope(), branch));
            }
            return used.get(branch);
        }

        /** Adds what is missing of a stretch to what is. Returns what conflicts, or null. */
        private @Nullable String compare(Stretch stretch) {
            Found found = used(stretch.branch());
            Map<Integer, byte[]> there = staged.find(
                    part.scope(),
                    stretch.branch(),
                    stretch.turns().stream().map(each -> each.turn().number()).toList());
            if (found != null) {
                there.putAll(turns.packed(found, stretch.first(), stretch.last()));
            }
            var absent = new TreeMap<Integer, byte[]>();
            for (ArchivedTurn each : stretch.turns()) {
                var turn = each.turn();
                byte[] packed = there.get(turn.number());
                if (packed == null
                        ? found != null
                        : !ArchivedTurns.turn(packed, turn.number()).equals(each)) {
                    return "turn " + turn.number() + " of "
                            + name(part.scope().tenant(), part.scope().namespace(), stretch.branch());
                }
                if (packed == null) {
                    var said = new NewTurn(turn.message(), turn.at(), turn.tokens(), List.of());
                    absent.put(turn.number(), StoredTurn.packed(said, 0, each.fingerprint()));
                }
            }
            if (!absent.isEmpty()) {
                missing.computeIfAbsent(stretch.branch(), _ -> new TreeMap<>()).putAll(absent);
            }
            return null;
        }

        private boolean same(Read there, ArchivedConversation other) {
            return there.stored().conversation().equals(other.conversation())
                    && Objects.requireNonNull(there.stored().anchors()).byAge().equals(other.anchors())
                    && Objects.equals(RedisBriefs.orNull(there.brief()), other.brief());
        }

        /** The branches on the conversations' paths by their names, each after those that it goes on from. */
        private Map<String, Coming> coming(List<ArchivedConversation> absent) {
            Map<String, Coming> coming = new LinkedHashMap<>();
            for (ArchivedConversation each : absent) {
                @Nullable String before = null;
                for (PathSegment segment : each.conversation().path()) {
                    String parent = before;
                    var known = coming.computeIfAbsent(
                            segment.branch(),
                            name -> new Coming(
                                    name,
                                    segment.first(),
                                    parent,
                                    used(name),
                                    missing.getOrDefault(name, new TreeMap<>())));
                    if (known.first != segment.first()) {
                        throw new IllegalArgumentException("branch " + segment.branch() + " begins with turn "
                                + known.first + " and with turn " + segment.first());
                    }
                    known.last = Math.max(known.last, segment.last());
                    before = segment.branch();
                }
                var own = coming.get(each.conversation().path().getLast().branch());
                if (own != null) {
                    own.writers.add(each.conversation().key());
                }
            }
            for (Coming each : coming.values()) {
                boolean grows = each.used == null || !each.used.owned();
                boolean whole = each.reached() >= each.last
                        || (grows
                                && staged.has(
                                        part.scope(), each.name, each.reached() + 1, each.last, each.held.keySet()));
                if (!whole) {
                    throw new IllegalArgumentException("turns of branch " + each.name + " are lacking");
                }
            }
            return coming;
        }

        /** Returns what is there already of the branches and differs, or null. */
        private @Nullable String conflict(List<ArchivedConversation> absent, Map<String, Coming> coming) {
            for (Coming each : coming.values()) {
                Found found = each.used;
                if (each.writers.size() > 1 || (found != null && differs(each, found))) {
                    return "branch " + name(part.scope().tenant(), part.scope().namespace(), each.name);
                }
            }
            ConversationKey elsewhere = arrival.settle(absent, coming.values());
            return elsewhere == null ? null : "conversation " + name(elsewhere) + ", whose place is taken";
        }

        private boolean differs(Coming coming, Found found) {
            boolean anotherWrites = !coming.writers.isEmpty()
                    && (found.owned()
                            || !Place.own(coming.writers.getFirst())
                                    .token()
                                    .equals(found.stretch().branch().token()));
            return anotherWrites || found.stretch().first() != coming.first;
        }

        private void stageTheRest(Map<String, Coming> coming) {
            missing.forEach((branch, some) -> {
                Coming into = coming.get(branch);
                Map<Integer, byte[]> rest = into == null ? some : some.tailMap(into.last, false);
                if (!rest.isEmpty()) {
                    staged.put(part.scope(), branch, rest);
                }
            });
        }
    }

    private static String name(ConversationKey key) {
        return name(key.scope().tenant(), key.scope().namespace(), key.id());
    }

    private static String name(String tenant, String namespace, String id) {
        return tenant + "/" + namespace + "/" + id;
    }
}
