package io.perpetua.adapters.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.access.ApiKeys;
import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.domain.access.AllowedModels;
import io.perpetua.domain.access.ApiKey;
import io.perpetua.domain.access.ApiKey.Access;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.access.Rates;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Scope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools that use the file while a server does. */
class BesideTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path directory;

    @Test
    void open_besideAServer_bothWriteAndSeeWhatTheOtherWrote() {
        try (var server = new Database(directory);
                var tool = new Database(directory, true)) {
            keys(tool).add(key("by the tool"));
            keys(server).add(key("by the server"));

            assertThat(keys(server).find("by the tool")).isNotNull();
            assertThat(keys(tool).find("by the server")).isNotNull();
            assertThat(keys(tool).revoke("by the server", NOON)).isTrue();
            assertThat(keys(server).list()).filteredOn(key -> !key.good(NOON)).hasSize(1);
        }
    }

    @Test
    void open_noServer_makesTheFileAndLeavesTheDirectoryToAServer() {
        try (var tool = new Database(directory.resolve("new"), true)) {
            keys(tool).add(key("before"));
            try (var server = new Database(directory.resolve("new"))) {
                keys(tool).add(key("meanwhile"));
                assertThat(keys(server).list()).hasSize(2);
            }
            keys(tool).add(key("after"));
        }

        try (var server = new Database(directory.resolve("new"))) {
            assertThat(keys(server).list().stream().map(ApiKey::id)).containsExactly("before", "meanwhile", "after");
            assertThat(server.<String>read(session -> session.list("PRAGMA integrity_check", row -> row.getString(1))
                            .getFirst()))
                    .isEqualTo("ok");
        }
    }

    @Test
    void open_manyToolsAtOnceWhereNothingIs_loseNothing() {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                String id = "tool " + i;
                executor.execute(() -> {
                    try (var tool = new Database(directory, true)) {
                        keys(tool).add(key(id));
                    }
                });
            }
        }

        try (var server = new Database(directory)) {
            assertThat(keys(server).list()).hasSize(8);
        }
    }

    @Test
    void open_besideAnOlderServer_isRefusedAndLeavesTheFileAlone() throws Exception {
        Path file = directory.resolve("perpetua.db");
        try (var server = new Database(directory)) {
            server.write(session -> session.update("PRAGMA user_version = 3"));

            assertThatThrownBy(() -> Beside.open(directory, file, Duration.ZERO))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("older version");

            assertThat(server.<Long>read(session -> session.number("PRAGMA user_version")))
                    .isEqualTo(3);
        }
    }

    @Test
    void open_besideANewerServer_isRefused() {
        try (var server = new Database(directory)) {
            server.write(session -> session.update("PRAGMA user_version = 99"));

            assertThatThrownBy(() -> new Database(directory, true))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("newer version");
        }
    }

    @Test
    void open_mostlyEmptiedFile_isLeftToAServer() throws Exception {
        try (var server = new Database(directory)) {
            say(server, "long", "text ".repeat(1_000_000));
            SqliteRecordTest.stores(server).conversations().erase(conversation("long"));
        }
        long before = Files.size(directory.resolve("perpetua.db"));

        new Database(directory, true).close();
        assertThat(Files.size(directory.resolve("perpetua.db"))).isEqualTo(before);

        new Database(directory).close();
        assertThat(Files.size(directory.resolve("perpetua.db"))).isLessThan(before / 4);
    }

    @Test
    void open_somethingElseThanADatabase_isUnavailable() throws Exception {
        Files.writeString(directory.resolve("perpetua.db"), "not a database ".repeat(100));

        assertThatThrownBy(() -> new Database(directory, true)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void write_besideAServerThatWritesWithoutPause_getsItsTurn() {
        var done = new AtomicBoolean();
        var written = new AtomicInteger();
        try (var server = new Database(directory);
                var tool = new Database(directory, true)) {
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 16; i++) {
                    String name = "conversation " + i;
                    executor.execute(() -> {
                        while (!done.get()) {
                            say(server, name, "again");
                            written.incrementAndGet();
                        }
                    });
                }
                try {
                    IntStream.range(0, 30).forEach(i -> keys(tool).add(key("key " + i)));
                } finally {
                    done.set(true);
                }
            }

            assertThat(keys(server).list()).hasSize(30);
            assertThat(server.<Long>read(session -> session.number("SELECT count(*) FROM turn")))
                    .isEqualTo(written.get());
        }
    }

    @Test
    void erase_besideAToolThatWritesAndReads_emptiesTheLogAllTheSame() throws Exception {
        var done = new AtomicBoolean();
        try (var server = new Database(directory);
                var tool = new Database(directory, true)) {
            keys(tool).add(key("one"));
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                executor.execute(() -> {
                    while (!done.get()) {
                        keys(tool).revoke("one", NOON);
                        keys(tool).list();
                    }
                });
                try {
                    for (int i = 0; i < 20; i++) {
                        say(server, "conversation " + i, "zzqgone");
                        assertThat(SqliteRecordTest.stores(server)
                                        .conversations()
                                        .erase(conversation("conversation " + i)))
                                .isTrue();
                    }
                } finally {
                    done.set(true);
                }
            }

            for (String file : List.of("perpetua.db", "perpetua.db-wal")) {
                assertThat(Files.readString(directory.resolve(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("zzqgone");
            }
        }
    }

    private static ApiKeys keys(Database database) {
        return new SqliteApiKeys(database);
    }

    private static ApiKey key(String id) {
        var access = new Access("local", Set.of(Permission.CHAT), AllowedModels.ALL, Rates.UNLIMITED, null);
        return new ApiKey(id, id, "digest", access, NOON, null, null);
    }

    private static void say(Database database, String conversation, String text) {
        var message = new Message(Role.USER, text, null, List.of(), null, List.of(), "{}");
        SqliteRecordTest.stores(database)
                .conversations()
                .append(new Append(
                        conversation(conversation),
                        null,
                        null,
                        Append.WHATEVER,
                        List.of(new NewTurn(message, NOON, 3, List.of())),
                        null,
                        UUID.randomUUID().toString()));
    }

    private static ConversationKey conversation(String id) {
        return new ConversationKey(new Scope("local", "default"), id);
    }
}
