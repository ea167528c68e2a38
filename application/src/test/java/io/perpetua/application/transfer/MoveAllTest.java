package io.perpetua.application.transfer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.access.InMemoryApiKeys;
import io.perpetua.application.access.InMemorySpending;
import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.conversation.InMemoryRecord;
import io.perpetua.application.conversation.Stores;
import io.perpetua.application.facts.InMemoryFacts;
import io.perpetua.application.routing.InMemoryStandings;
import io.perpetua.application.routing.StandingStore.Learnt;
import io.perpetua.domain.access.AllowedModels;
import io.perpetua.domain.access.ApiKey;
import io.perpetua.domain.access.ApiKey.Access;
import io.perpetua.domain.access.Budget;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.access.Rates;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Fingerprint;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.facts.FactRules;
import io.perpetua.domain.facts.Holder;
import io.perpetua.domain.facts.Source;
import io.perpetua.domain.facts.Source.Origin;
import io.perpetua.domain.facts.Statement;
import io.perpetua.domain.facts.Triple;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.mode.Mode;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.Outcome;
import io.perpetua.domain.routing.Rung;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Everything from one store to another, through a list of entries. */
class MoveAllTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123456Z");
    private static final Scope SCOPE = new Scope("acme", "default");
    private static final int LONG = 1_300;

    private final Store from = new Store();
    private final Store to = new Store();
    private final List<String> conflicts = new ArrayList<>();

    @Test
    void move_everything_isThereToTheLetter() {
        from.fill();

        var entries = from.export();
        var result = to.take(entries);

        assertThat(result).isEqualTo(new ImportAll.Result(3, 4, LONG + 7, 1, 1, 2, 0, 0));
        assertThat(to.export()).isEqualTo(entries);
        assertThat(to.names()).isEqualTo(from.names()).containsExactly("long", "fork", "huge", "short");
        assertThat(to.turns("fork")).isEqualTo(from.turns("fork"));
    }

    @Test
    void move_again_findsAllThere() {
        from.fill();
        var entries = from.export();
        to.take(entries);

        assertThat(to.take(entries)).isEqualTo(new ImportAll.Result(0, 0, 0, 0, 0, 0, 7, 0));
        assertThat(to.export()).isEqualTo(entries);
        assertThat(conflicts).isEmpty();
    }

    @Test
    void move_brokenOffAnywhere_isMadeGoodByDoingItAgain() {
        from.fill();
        var entries = from.export();
        for (int broken : List.of(0, 1, 5, 500, 600, LONG, entries.size() - 5, entries.size() - 1)) {
            var store = new Store();
            assertThatThrownBy(() -> store.importer().from(failing(entries.subList(0, broken))))
                    .isInstanceOf(IllegalStateException.class);

            store.take(entries);

            assertThat(store.export()).as("broken off after %d", broken).isEqualTo(entries);
        }
    }

    @Test
    void move_somethingElseThere_isToldAndLeftAsItIs() {
        from.fill();
        to.say("short", "another story");
        to.tell("Porto", "fact");
        to.keys.add(key("another"));
        to.tallies.add(new Tallies.Spent("key", Budget.Period.TOTAL, Instant.EPOCH, 1));

        var result = to.take(from.export());

        assertThat(result).isEqualTo(new ImportAll.Result(2, 3, LONG + 5, 0, 0, 1, 0, 4));
        assertThat(conflicts)
                .satisfiesExactly(
                        one -> assertThat(one).contains("short"),
                        two -> assertThat(two).isEqualTo("fact fact"),
                        three -> assertThat(three).isEqualTo("key key"),
                        four -> assertThat(four).contains("total budget of key"));
        assertThat(to.turns("short")).hasSize(1);
        assertThat(to.turns("fork")).isEqualTo(from.turns("fork"));
    }

    @Test
    void move_largeFamilyThatConflictsLate_leavesNothingBehind() {
        from.fill();
        to.say("huge~2", "taken");
        var entries = new ArrayList<>(from.export());
        entries.replaceAll(entry -> entry instanceof Entry.Held(var held)
                        && held.conversation().key().id().equals("huge")
                ? new Entry.Held(
                        new ArchivedConversation(called(held.conversation(), "huge~2"), held.anchors(), held.brief()))
                : entry);

        assertThat(to.take(entries).conflicts()).isEqualTo(1);

        assertThat(to.archive.turns(SCOPE, "huge", 0, 10)).isEmpty();
        assertThat(to.take(from.export()).conflicts()).isZero();
        assertThat(to.turns("huge")).isEqualTo(from.turns("huge"));
    }

    @Test
    void export_conversationErasedMeanwhile_isVoid() {
        from.fill();
        var entries = new ArrayList<Entry>();
        from.exporter().to(entry -> {
            entries.add(entry);
            if (entry instanceof Entry.Begun begun
                    && begun.branches().getFirst().branch().equals("long")) {
                from.stores.conversations().erase(new ConversationKey(SCOPE, "long"));
            }
        });

        to.take(entries);

        assertThat(entries).contains(new Entry.Changed());
        assertThat(to.names()).isEqualTo(from.names()).containsExactly("fork", "huge", "short");
        assertThat(to.turns("fork")).isEqualTo(from.turns("fork"));
    }

    @Test
    void export_conversationGoesOnMeanwhile_isAsItWasWhenItBegan() {
        from.fill();
        var entries = new ArrayList<Entry>();
        from.exporter().to(entry -> {
            entries.add(entry);
            if (entry instanceof Entry.Begun begun
                    && begun.branches().getFirst().branch().equals("short")) {
                from.say("short", "later");
                var key = new ConversationKey(SCOPE, "short");
                from.stores.briefs().replace(key, 0, new Brief("All of it.", 3, 2));
                from.stores.anchors().pin(key, pinned(3));
            }
        });

        to.take(entries);

        assertThat(to.turns("short")).isEqualTo(from.turns("short").subList(0, 2));
        var key = new ConversationKey(SCOPE, "short");
        assertThat(to.stores.briefs().find(key)).isNull();
        assertThat(to.stores.anchors().of(key)).isEmpty();
    }

    @Test
    void import_turnsWithoutAFamily_areRefused() {
        from.fill();
        var entries = from.export().stream()
                .filter(entry -> !(entry instanceof Entry.Begun))
                .toList();

        assertThatThrownBy(() -> to.take(entries)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void progress_tellsOfTurns() {
        from.fill();
        var told = new ArrayList<Long>();
        new ExportAll(from.exported(), (done, total) -> {
                    assertThat(total).isEqualTo(LONG + 7);
                    told.add(done);
                })
                .to(_ -> {});

        assertThat(told).isSorted().last().isEqualTo(LONG + 7L);
    }

    private static Conversation called(Conversation other, String id) {
        return new Conversation(
                new ConversationKey(SCOPE, id),
                other.user(),
                other.path(),
                other.turns(),
                other.tokens(),
                other.mode(),
                other.forkedFrom(),
                other.createdAt(),
                other.updatedAt());
    }

    private static Anchor pinned(int turns) {
        return Anchor.pinned("pin", "Be brief.", null, 0, turns, NOON);
    }

    private static ApiKey key(String name) {
        var access = new Access("acme", Set.of(Permission.CHAT), AllowedModels.ALL, Rates.UNLIMITED, null);
        return new ApiKey("key", name, "digest", access, NOON, null, null);
    }

    private static Entry.Source failing(List<Entry> entries) {
        var each = entries.iterator();
        return () -> {
            if (!each.hasNext()) {
                throw new IllegalStateException("broken off");
            }
            return each.next();
        };
    }

    /** A store of fakes. */
    private final class Store {

        private final InMemoryRecord record = new InMemoryRecord();
        private final Stores stores = record.stores();
        private final Archive archive = record.archive();
        private final InMemoryFacts facts = new InMemoryFacts();
        private final InMemoryApiKeys keys = new InMemoryApiKeys();
        private final InMemorySpending spending = new InMemorySpending();
        private final InMemoryStandings standings = new InMemoryStandings();
        private final InMemoryTallies tallies = new InMemoryTallies(spending, standings);

        /** A long family with a fork, one that does not fit into a part, and a short one; a fact, a key, a sum, something learnt. */
        void fill() {
            add("huge", null, 0, LONG);
            add("long", null, 0, 3);
            add("fork", "long", 2, 2);
            say("short", "first", "second");
            archive.grew(
                    List.of(conversation("huge"), conversation("fork"), conversation("long"), conversation("short")));
            stores.briefs().replace(conversation("long"), 0, new Brief("Short.", 2, 1));
            stores.anchors().pin(conversation("fork"), pinned(4));
            tell("Lisbon", "fact");
            keys.add(key("ci"));
            spending.reserve("r", "key", new Budget(100, Budget.Period.TOTAL), 42, NOON);
            standings.learn(
                    List.of(new Learnt(Intent.CODING_HELP, new Rung("openai", "gpt-4o"), new Outcome(true, 1, 0.01))),
                    0.1);
        }

        void tell(String home, String id) {
            var source = new Source(Origin.GIVEN, "a.pdf", null, "short", 0.9, NOON);
            var told = new Statement(Holder.ALL, new Triple("Ann", "home", home), null, source);
            facts.tell(SCOPE, told, id, NOON, FactRules.DEFAULT);
        }

        void say(String id, String... texts) {
            var head = stores.conversations().find(conversation(id));
            int before = head == null ? 0 : head.turns();
            stores.conversations().erase(conversation(id));
            stores.outbox().forget(Long.MAX_VALUE);
            var said = new ArrayList<String>();
            for (int i = 0; i < before; i++) {
                said.add(i == 0 ? "first" : "second");
            }
            said.addAll(List.of(texts));
            put(id, null, 0, said);
            archive.grew(List.of(conversation(id)));
        }

        void add(String id, @Nullable String source, int shared, int turns) {
            put(
                    id,
                    source,
                    shared,
                    Stream.iterate(1, i -> i + 1).limit(turns).map(i -> id + i).toList());
        }

        private void put(String id, @Nullable String source, int shared, List<String> texts) {
            var path = new ArrayList<PathSegment>();
            Fingerprint history = Fingerprint.root(SCOPE, null);
            if (source != null) {
                path.add(new PathSegment(source, 1, shared));
                history = archive.turns(SCOPE, source, shared - 1, 1).getFirst().fingerprint();
            }
            path.add(new PathSegment(id, shared + 1, shared + texts.size()));
            var turns = new ArrayList<ArchivedTurn>();
            for (String text : texts) {
                var message = new Message(Role.USER, text, null, List.of(), null, List.of(), "\"" + text + "\"");
                history = history.then(message);
                turns.add(new ArchivedTurn(new Turn(shared + turns.size() + 1, message, NOON, 2), history));
            }
            int all = shared + texts.size();
            var head = new Conversation(
                    conversation(id), null, path, all, 2L * all, Mode.FULL, source, NOON, NOON.plusSeconds(all));
            var part = new Archive.Part(
                    SCOPE,
                    List.of(new Archive.Stretch(id, turns)),
                    List.of(new ArchivedConversation(head, List.of(), null)));
            assertThat(archive.add(List.of(part)).getFirst().conflict()).isNull();
        }

        private ConversationKey conversation(String id) {
            return new ConversationKey(SCOPE, id);
        }

        ExportAll.Stores exported() {
            return new ExportAll.Stores(archive, stores.anchors(), stores.briefs(), facts, keys, tallies, standings);
        }

        ExportAll exporter() {
            return new ExportAll(exported(), (_, _) -> {});
        }

        List<Entry> export() {
            var entries = new ArrayList<Entry>();
            exporter().to(entries::add);
            return entries;
        }

        ImportAll importer() {
            return new ImportAll(new ImportAll.Stores(archive, facts, keys, tallies), conflicts::add, (_, _) -> {});
        }

        ImportAll.Result take(List<Entry> entries) {
            Iterator<Entry> each = entries.iterator();
            return importer().from(() -> each.hasNext() ? each.next() : null);
        }

        List<String> names() {
            Conversations.Page page = stores.conversations().list(SCOPE, null, 100);
            return page.conversations().stream().map(each -> each.key().id()).toList();
        }

        List<Turn> turns(String id) {
            requireNonNull(stores.conversations().find(conversation(id)));
            return stores.conversations().turns(conversation(id), List.of(new TurnRange(1, Integer.MAX_VALUE)));
        }
    }
}
