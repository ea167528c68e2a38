package io.perpetua.adapters.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.World;
import io.perpetua.application.conversation.Conversations.Outcome.Appended;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.application.conversation.IdentifyConversation;
import io.perpetua.application.conversation.InMemoryRecord;
import io.perpetua.application.conversation.Said;
import io.perpetua.application.conversation.StoreTurns;
import io.perpetua.application.conversation.StoreTurns.Dated;
import io.perpetua.application.conversation.Stores;
import io.perpetua.application.spool.FlakyStore;
import io.perpetua.application.spool.FlakyStore.State;
import io.perpetua.application.spool.SharedRecord;
import io.perpetua.application.tracing.Tracing;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.Exchanges;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.mode.Mode;
import io.perpetua.domain.tokens.MessageTokens;
import io.perpetua.domain.tokens.WordEstimate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two instances on one store, which goes away, loses its answers and comes back, while clients talk and the instances die
 * and start again with what is on their disks: in the end every acknowledged turn is there once.
 */
class OutagesTest {

    private static final List<State> STATES = List.of(State.THERE, State.AWAY, State.MUTE);
    private static final int STEPS = 250;
    private static final long ROOM = 1 << 24;
    private static final MessageTokens TOKENS = new MessageTokens(WordEstimate.INSTANCE);

    @TempDir
    Path directory;

    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicInteger said = new AtomicInteger();

    private String newId() {
        return "new-" + ids.incrementAndGet();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void turns_storeComesAndGoes_areThereOnceAndInOrder(long seed) throws IOException {
        between(new InMemoryRecord().stores(), seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12})
    void turns_sqliteComesAndGoes_areThereOnceAndInOrder(long seed) throws IOException {
        try (var database = new Database(directory.resolve("store"))) {
            between(SqliteRecordTest.stores(database), seed);
        }
    }

    private void between(Stores real, long seed) throws IOException {
        var random = new Random(seed);
        var store = new FlakyStore(real);
        var instances = List.of(new Instance(store, "one"), new Instance(store, "two"));
        var clients = List.of(
                new Client("named", false, false),
                new Client("named", false, true),
                new Client("named", false, false),
                new Client("alone", false, false),
                new Client("whole", true, false),
                new Client("hopping", true, true),
                new Client(null, true, false),
                new Client(null, true, false));
        for (int step = 0; step < STEPS; step++) {
            int dice = random.nextInt(100);
            if (dice < 70) {
                int which = random.nextInt(clients.size());
                var client = clients.get(which);
                client.talk(instances.get(client.hops ? random.nextInt(2) : which % 2));
            } else if (dice < 85) {
                store.is(STATES.get(random.nextInt(STATES.size())));
            } else if (dice < 97) {
                instances.get(random.nextInt(2)).replay();
            } else {
                instances.get(random.nextInt(2)).die();
            }
        }
        store.is(State.THERE);
        instances.forEach(Instance::replay); // which may leave out what the passes before ended at
        instances.forEach(Instance::replay);
        try {
            assertThat(instances).allMatch(each -> each.spool.level().appends() == 0);
            var named = clients.stream().filter(each -> "named".equals(each.id)).toList();
            var inNamed = texts(real, "named");
            assertThat(inNamed)
                    .containsExactlyInAnyOrderElementsOf(named.stream()
                            .flatMap(each -> each.texts().stream())
                            .toList());
            assertThat(inNamed).containsSubsequence(clients.get(0).texts());
            assertThat(inNamed).containsSubsequence(clients.get(2).texts());
            assertThat(texts(real, "alone")).isEqualTo(clients.get(3).texts());
            assertThat(texts(real, "whole")).isEqualTo(clients.get(4).texts());
            assertThat(texts(real, "hopping"))
                    .containsExactlyInAnyOrderElementsOf(clients.get(5).texts());
            for (var client : clients.subList(6, 8)) {
                assertThat(all(real)).anyMatch(each -> texts(real, each).equals(client.texts()));
            }
        } finally {
            instances.forEach(each -> each.spool.close());
        }
    }

    private static List<String> all(Stores real) {
        return real.conversations().list(World.SCOPE, null, 10_000).conversations().stream()
                .map(Conversation::key)
                .map(key -> key.id())
                .toList();
    }

    private static List<String> texts(Stores real, String id) {
        return real.conversations().turns(World.key(id), List.of(new TurnRange(1, Integer.MAX_VALUE))).stream()
                .map(turn -> turn.message().text())
                .toList();
    }

    /** A process with its disk. */
    private final class Instance {

        private final FlakyStore store;
        private final String name;
        private int lives;
        private SqliteSpool spool;
        private SharedRecord record;

        Instance(FlakyStore store, String name) {
            this.store = store;
            this.name = name;
            spool = new SqliteSpool(disk(), ROOM);
            record = started();
        }

        private Path disk() {
            return directory.resolve(name + lives);
        }

        private SharedRecord started() {
            var stores = store.stores();
            return new SharedRecord(
                    stores.conversations(),
                    stores.anchors(),
                    stores.briefs(),
                    spool,
                    store,
                    OutagesTest.this::newId,
                    ROOM);
        }

        /** Dies, and starts again with the files as they are at this moment. */
        void die() {
            var before = disk();
            lives++;
            try {
                Files.createDirectories(disk());
                for (String file : List.of("spool.db", "spool.db-wal")) {
                    Files.copy(before.resolve(file), disk().resolve(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            spool.close();
            spool = new SqliteSpool(disk(), ROOM);
            record = started();
        }

        void replay() {
            try {
                record.replay().replay();
            } catch (StoreUnavailable e) {
                // It goes on another time.
            }
        }
    }

    /** Someone who goes on talking in one conversation. */
    private final class Client {

        private final @Nullable String id;
        private final boolean sendsAll;
        private final boolean hops;
        private final List<Message> history = new ArrayList<>();

        Client(@Nullable String id, boolean sendsAll, boolean hops) {
            this.id = id;
            this.sendsAll = sendsAll;
            this.hops = hops;
        }

        List<String> texts() {
            return history.stream().map(Message::text).toList();
        }

        void talk(Instance instance) {
            int number = said.incrementAndGet();
            var question = Said.user("question " + number);
            var sent = new ArrayList<>(sendsAll ? history : List.<Message>of());
            sent.add(question);
            var conversations = instance.record.turnConversations();
            var store = new StoreTurns(
                    instance.record.conversations(), TOKENS, OutagesTest.this::newId, List.of(), Tracing.NONE);
            var found = new IdentifyConversation(conversations, OutagesTest.this::newId)
                    .identify(World.SCOPE, null, id, sent);
            var dialogue = remembered(store, found);
            var answer = Said.assistant("answer " + number);
            var added = new ArrayList<>(dialogue.fresh());
            added.add(answer);
            store.store(dialogue, dated(added), Mode.FULL);
            history.add(question);
            history.add(answer);
        }

        /** What a turn does with a history that is not known. */
        private Dialogue remembered(StoreTurns store, Dialogue found) {
            int open = Exchanges.lastStart(found.fresh());
            if (open == 0) {
                return found;
            }
            Appended appended = store.store(found, dated(found.fresh().subList(0, open)), null);
            var stored = appended.conversation();
            return new Dialogue(
                    stored.key(),
                    found.named() && stored.key().equals(found.key()),
                    found.user(),
                    stored,
                    stored.turns(),
                    found.fresh().subList(open, found.fresh().size()));
        }

        private List<Dated> dated(List<Message> messages) {
            return messages.stream()
                    .map(message -> new Dated(message, World.NOON))
                    .toList();
        }
    }
}
