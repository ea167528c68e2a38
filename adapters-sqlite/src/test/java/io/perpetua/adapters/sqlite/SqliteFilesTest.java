package io.perpetua.adapters.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.application.conversation.Stores;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.AnchorDetector.Detected;
import io.perpetua.domain.memory.AnchorDetector.Kind;
import io.perpetua.domain.memory.KeptAnchors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFilesTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123456Z");
    private static final ConversationKey KEY = key("conversation");

    @TempDir
    Path directory;

    @Test
    void open_again_givesEverythingBack() {
        var anchor = new Anchor("1", "Be brief.", null, 0, Anchor.Origin.PINNED, 0, null, NOON);
        var brief = new Brief("They said a.", 1, 4);
        Conversation before;
        List<Anchor> anchors;
        try (var database = new Database(directory)) {
            var stores = stores(database);
            say(stores, KEY, "a", "b");
            stores.anchors().pin(KEY, anchor);
            append(stores, KEY, new NewTurn(message("c"), NOON.plusSeconds(1), 3, List.of(preference(1))));
            stores.briefs().replace(KEY, 0, brief);
            before = stores.conversations().find(KEY);
            anchors = stores.anchors().of(KEY);
        }

        try (var database = new Database(directory)) {
            var stores = stores(database);
            assertThat(stores.conversations().find(KEY)).isEqualTo(before);
            assertThat(texts(stores, KEY)).containsExactly("a", "b", "c");
            assertThat(stores.anchors().of(KEY)).isEqualTo(anchors).hasSize(2);
            assertThat(stores.briefs().find(KEY)).isEqualTo(brief);
            assertThat(stores.outbox().depth()).isEqualTo(2);
        }
    }

    @Test
    void close_whenEverythingIsWritten_leavesOneFile() throws IOException {
        try (var database = new Database(directory)) {
            say(stores(database), KEY, "a");
        }

        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("perpetua.db", "perpetua.lock");
        }
    }

    @Test
    void open_copyOfALiveFile_holdsEveryAcknowledgedTurnOnce(@TempDir Path copy) {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        Set<String> owed = ConcurrentHashMap.newKeySet();
        try (var database = new Database(directory)) {
            var stores = stores(database);
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 200; i++) {
                    String text = "turn " + i;
                    var key = key("conversation " + i % 7);
                    executor.execute(() -> {
                        say(stores, key, text, text + " answered");
                        acknowledged.add(text);
                    });
                }
                executor.execute(() -> database.write(session -> {
                    owed.addAll(acknowledged);
                    session.update("INSERT INTO branch (tenant, namespace, name) VALUES ('t', 'n', 'half written')");
                    copyFiles(copy);
                    return true;
                }));
            }
        }

        try (var database = new Database(copy)) {
            var stores = stores(database);
            List<String> found = IntStream.range(0, 7)
                    .mapToObj(i -> texts(stores, key("conversation " + i)))
                    .flatMap(List::stream)
                    .toList();
            assertThat(found).doesNotHaveDuplicates().containsAll(owed);
            assertThat(found)
                    .allMatch(text -> found.contains(
                            text.endsWith(" answered") ? text.replace(" answered", "") : text + " answered"));
            assertThat(database.<Long>read(
                            session -> session.number("SELECT count(*) FROM branch WHERE name = 'half written'")))
                    .isZero();
            assertThat(database.<String>read(session -> session.list("PRAGMA integrity_check", row -> row.getString(1))
                            .getFirst()))
                    .isEqualTo("ok");
        }
    }

    @Test
    void open_fileOfANewerVersion_isRefusedAndLeftAlone() {
        try (var database = new Database(directory)) {
            database.write(session -> session.update("PRAGMA user_version = 99"));
        }

        assertThatThrownBy(() -> new Database(directory))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(directory.resolve("perpetua.db").toString())
                .hasMessageContaining("newer version");
        assertThatThrownBy(() -> new Database(directory)).hasMessageContaining("newer version");
    }

    @Test
    void open_fileOfTheFirstLayout_isBroughtUpToDate() throws Exception {
        try (var in = Objects.requireNonNull(Schema.class.getResourceAsStream(Schema.SCRIPTS.getFirst()));
                var session = Session.writing(directory.resolve("perpetua.db"))) {
            session.script(new String(in.readAllBytes(), StandardCharsets.UTF_8) + ";PRAGMA user_version = 1");
        }

        try (var database = new Database(directory)) {
            assertThat(database.<Long>read(session -> session.number("PRAGMA user_version")))
                    .isEqualTo(Schema.SCRIPTS.size());
            say(stores(database), KEY, "a");
            assertThat(new SqliteStandings(database).load()).isEmpty();
        }
    }

    @Test
    void open_directoryInUse_isRefused() {
        try (var database = new Database(directory)) {
            assertThatThrownBy(() -> new Database(directory))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("in use");
            say(stores(database), KEY, "a");
        }

        new Database(directory).close();
    }

    @Test
    void open_somethingElseThanADatabase_isUnavailable() throws IOException {
        Files.writeString(directory.resolve("perpetua.db"), "not a database ".repeat(100));

        assertThatThrownBy(() -> new Database(directory)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void append_noRoomLeft_saysSoAndWritesNothing() {
        try (var database = new Database(directory)) {
            var stores = stores(database);
            say(stores, KEY, "a");
            var before = stores.conversations().find(KEY);
            limit(database, 60);

            assertThatThrownBy(() -> say(stores, KEY, "fits", "too long ".repeat(100_000)))
                    .isInstanceOfSatisfying(
                            StoreUnavailable.class, e -> assertThat(e.full()).isTrue());

            assertThat(stores.conversations().find(KEY)).isEqualTo(before);
            assertThat(stores.outbox().depth()).isEqualTo(1);
            limit(database, 1_000_000);
            say(stores, KEY, "b");
            assertThat(texts(stores, KEY)).containsExactly("a", "b");
        }
    }

    @Test
    void anything_afterClose_isUnavailable() {
        var database = new Database(directory);
        database.close();

        assertThatThrownBy(() -> say(stores(database), KEY, "a")).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> texts(stores(database), KEY)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void erase_whileOthersRead_emptiesTheLogAllTheSame() throws IOException {
        try (var database = new Database(directory)) {
            var stores = stores(database);
            say(stores, KEY, "read by many");
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 8; i++) {
                    executor.execute(() -> IntStream.range(0, 500).forEach(again -> texts(stores, KEY)));
                }
                for (int i = 0; i < 20; i++) {
                    say(stores, key("conversation " + i), "gone");
                    assertThat(stores.conversations().erase(key("conversation " + i)))
                            .isTrue();
                }
            }

            assertThat(directory.resolve("perpetua.db-wal")).isEmptyFile();
        }
    }

    @Test
    void open_mostlyEmptiedFile_givesTheRoomBack() throws IOException {
        try (var database = new Database(directory)) {
            var stores = stores(database);
            for (int i = 0; i < 40; i++) {
                say(stores, key("conversation " + i), ("text " + i).repeat(10_000));
            }
            for (int i = 1; i < 40; i++) {
                stores.conversations().erase(key("conversation " + i));
            }
        }
        long before = Files.size(directory.resolve("perpetua.db"));

        try (var database = new Database(directory)) {
            assertThat(texts(stores(database), key("conversation 0"))).containsExactly("text 0".repeat(10_000));
        }

        assertThat(Files.size(directory.resolve("perpetua.db"))).isLessThan(before / 4);
    }

    @Test
    void append_noRoomForAnAnchor_writesNoTurnAndNoOtherAnchorEither() {
        try (var database = new Database(directory)) {
            var stores = stores(database);
            say(stores, KEY, "a");
            limit(database, 60);
            var huge = new Detected(Kind.PREFERENCE, "too long ".repeat(100_000), null);

            assertThatThrownBy(() ->
                            append(stores, KEY, new NewTurn(message("b"), NOON, 3, List.of(preference(1), huge))))
                    .isInstanceOf(StoreUnavailable.class);

            assertThat(texts(stores, KEY)).containsExactly("a");
            assertThat(stores.anchors().of(KEY)).isEmpty();
        }
    }

    @Test
    void append_longImportFullOfAnchors_writesNoMoreOfThemThanAreKept() {
        try (var database = new Database(directory)) {
            var stores = stores(database);
            var turns = IntStream.range(0, 10_000)
                    .mapToObj(i -> new NewTurn(message("turn " + i), NOON, 3, List.of(preference(i), preference(-i))))
                    .toArray(NewTurn[]::new);

            append(stores, KEY, turns);

            assertThat(database.<Long>read(session -> session.number("SELECT count(*) FROM anchor")))
                    .isEqualTo(KeptAnchors.MOST_DETECTED);
        }
    }

    private static Detected preference(int number) {
        return new Detected(Kind.PREFERENCE, "I prefer number " + number, null);
    }

    private static void limit(Database database, int pages) {
        database.write(session -> session.number("PRAGMA max_page_count = " + pages));
    }

    private void copyFiles(Path to) {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stores stores(Database database) {
        return SqliteRecordTest.stores(database);
    }

    private static ConversationKey key(String id) {
        return new ConversationKey(new Scope("local", "default"), id);
    }

    private static void say(Stores stores, ConversationKey key, String... texts) {
        var turns = List.of(texts).stream()
                .map(text -> new NewTurn(message(text), NOON, 3, List.of()))
                .toArray(NewTurn[]::new);
        append(stores, key, turns);
    }

    private static void append(Stores stores, ConversationKey key, NewTurn... turns) {
        stores.conversations()
                .append(new Append(
                        key,
                        null,
                        null,
                        Append.WHATEVER,
                        List.of(turns),
                        null,
                        UUID.randomUUID().toString()));
    }

    private static Message message(String text) {
        return new Message(Role.USER, text, null, List.of(), null, List.of(), "{}");
    }

    private static List<String> texts(Stores stores, ConversationKey key) {
        return stores.conversations().turns(key, List.of(new TurnRange(1, Integer.MAX_VALUE))).stream()
                .map(turn -> turn.message().text())
                .toList();
    }
}
