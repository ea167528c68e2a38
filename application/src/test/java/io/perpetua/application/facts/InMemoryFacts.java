package io.perpetua.application.facts;

import static java.util.Objects.requireNonNull;

import io.perpetua.application.transfer.FactArchive;
import io.perpetua.application.transfer.Tallies;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.facts.FactFilter;
import io.perpetua.domain.facts.FactRules;
import io.perpetua.domain.facts.Slot;
import io.perpetua.domain.facts.Statement;
import io.perpetua.domain.facts.Superseding;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fake kept honest by {@link FactsContract}: everything in maps, under one lock. */
public class InMemoryFacts implements Facts, FactArchive {

    private static final class Known {
        final Map<String, Fact> byId = new HashMap<>();
        final Map<String, String> byIdentity = new HashMap<>();
        final Map<String, String> latest = new HashMap<>();
    }

    private final Map<Scope, Known> scopes = new HashMap<>();
    private final Map<ConversationKey, Integer> read = new HashMap<>();

    private Known known(Scope scope) {
        return scopes.computeIfAbsent(scope, _ -> new Known());
    }

    private record InMemorySlot(Known known, Statement told) implements Slot {

        @Override
        public @Nullable Fact same() {
            return at(known.byIdentity.get(told.identity()));
        }

        @Override
        public @Nullable Fact latest() {
            return at(known.latest.get(told.slot()));
        }

        @Override
        public @Nullable Fact find(String id) {
            return at(id);
        }

        private @Nullable Fact at(@Nullable String id) {
            return id == null ? null : known.byId.get(id);
        }
    }

    @Override
    public synchronized Outcome tell(Scope scope, Statement told, String id, Instant now, FactRules rules) {
        var known = known(scope);
        var slot = new InMemorySlot(known, told);
        if (slot.same() == null && known.byId.size() >= rules.most()) {
            return Outcome.Refused.FULL;
        }
        var telling = Superseding.telling(
                told,
                id,
                now.truncatedTo(ChronoUnit.MICROS),
                rules.single(told.triple().predicate()),
                slot);
        telling.written().forEach(fact -> put(known, fact));
        known.latest.put(told.slot(), telling.latest());
        return new Outcome.Told(telling);
    }

    private static void put(Known known, Fact fact) {
        known.byId.put(fact.id(), fact);
        known.byIdentity.put(fact.statement().identity(), fact.id());
    }

    @Override
    public synchronized @Nullable Fact find(Scope scope, String id) {
        return known(scope).byId.get(id);
    }

    @Override
    public synchronized List<Fact> find(Scope scope, List<String> ids) {
        var known = known(scope);
        return ids.stream()
                .filter(known.byId::containsKey)
                .map(id -> requireNonNull(known.byId.get(id)))
                .toList();
    }

    @Override
    public synchronized boolean delete(Scope scope, String id) {
        var known = known(scope);
        Fact gone = known.byId.get(id);
        if (gone == null) {
            return false;
        }
        var removal = Superseding.removing(gone, new InMemorySlot(known, gone.statement()));
        known.byId.remove(id);
        known.byIdentity.remove(gone.statement().identity());
        removal.written().forEach(fact -> put(known, fact));
        String slot = gone.statement().slot();
        if (removal.latest() == null) {
            known.latest.remove(slot);
        } else {
            known.latest.put(slot, removal.latest());
        }
        return true;
    }

    @Override
    public synchronized Found query(Scope scope, FactFilter filter, @Nullable Place after, int limit) {
        var admitted = known(scope).byId.values().stream()
                .filter(filter::admits)
                .sorted(Comparator.comparing(Fact::recordedAt)
                        .thenComparing(Fact::id)
                        .reversed())
                .toList();
        return new Found(
                admitted.stream()
                        .filter(fact -> after == null || after.isBefore(fact))
                        .limit(limit)
                        .toList(),
                admitted.size());
    }

    @Override
    public synchronized List<Gist> gists(
            Scope scope, FactFilter filter, @Nullable Place after, int most, long characters) {
        var gists = new Gists(characters);
        for (Fact fact : query(scope, filter, after, most).facts()) {
            if (!gists.add(Gist.of(fact))) {
                break;
            }
        }
        return gists.taken();
    }

    @Override
    public synchronized int forget(ConversationKey conversation) {
        var known = known(conversation.scope());
        read.remove(conversation);
        var concerned = known.byId.values().stream()
                .filter(fact -> fact.isOf(conversation.id()))
                .map(Fact::id)
                .toList();
        for (String id : concerned) {
            Fact left = requireNonNull(known.byId.get(id)).without(conversation.id());
            if (left == null) {
                delete(conversation.scope(), id);
            } else {
                known.byId.put(id, left);
            }
        }
        return concerned.size();
    }

    @Override
    public synchronized int readThrough(ConversationKey conversation) {
        return read.getOrDefault(conversation, 0);
    }

    @Override
    public synchronized void noteReadThrough(ConversationKey conversation, int turn) {
        read.put(conversation, turn);
    }

    @Override
    public synchronized void each(Sink sink) {
        scopes.forEach((scope, known) -> List.copyOf(known.byId.values()).forEach(fact -> sink.put(scope, fact)));
    }

    @Override
    public synchronized Tallies.Outcome add(Scope scope, Fact fact) {
        var known = known(scope);
        Fact there = known.byId.get(fact.id());
        if (there != null) {
            return there.equals(fact) ? Tallies.Outcome.THERE : Tallies.Outcome.CONFLICT;
        }
        if (known.byIdentity.containsKey(fact.statement().identity())) {
            return Tallies.Outcome.CONFLICT;
        }
        put(known, fact);
        if (fact.validTo() == null) {
            known.latest.putIfAbsent(fact.statement().slot(), fact.id());
        }
        return Tallies.Outcome.ADDED;
    }
}
