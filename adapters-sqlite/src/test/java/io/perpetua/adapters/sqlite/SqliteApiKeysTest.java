package io.perpetua.adapters.sqlite;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.access.ApiKeys;
import io.perpetua.application.access.ApiKeysContract;
import io.perpetua.application.access.ManageKeys;
import io.perpetua.domain.access.AllowedModels;
import io.perpetua.domain.access.ApiKey.Access;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.access.Rates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteApiKeysTest extends ApiKeysContract {

    private static final Access ACCESS =
            new Access("local", Set.of(Permission.CHAT), AllowedModels.ALL, Rates.UNLIMITED, null);

    @TempDir
    Path directory;

    private Database database;

    @BeforeEach
    void open() {
        database = new Database(directory);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    protected ApiKeys keys() {
        return new SqliteApiKeys(database);
    }

    @Test
    void create_leavesTheSecretInNoFile() throws Exception {
        var keys = new ManageKeys(keys(), new SplittableRandom(1), InstantSource.fixed(Instant.EPOCH));
        var key = keys.create("ci", ACCESS, null);
        String secret = key.reveal()
                .substring(key.reveal().lastIndexOf(key.id()) + key.id().length() + 1);
        database.close();

        assertThat(Files.readString(directory.resolve("perpetua.db"), StandardCharsets.ISO_8859_1))
                .contains(key.id())
                .doesNotContain(secret);
        open();
        assertThat(key.matches(requireNonNull(keys().find(key.id())).digest())).isTrue();
    }

    @Test
    void add_noRoomLeft_saysSo() {
        database.write(session -> session.number("PRAGMA max_page_count = 1")); // never fewer than there are
        var huge = new Access(
                "local",
                Set.of(Permission.CHAT),
                new AllowedModels(Collections.nCopies(100_000, "openai/gpt-4o")),
                Rates.UNLIMITED,
                null);

        assertThatThrownBy(() -> new ManageKeys(keys(), new SplittableRandom(1), InstantSource.system())
                        .create("ci", huge, null))
                .isInstanceOfSatisfying(
                        StoreUnavailable.class, e -> assertThat(e.full()).isTrue());
    }
}
