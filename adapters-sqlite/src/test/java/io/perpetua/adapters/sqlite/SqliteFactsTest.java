package io.perpetua.adapters.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.facts.Facts;
import io.perpetua.application.facts.FactsContract;
import io.perpetua.application.transfer.FactArchive;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.facts.FactRules;
import io.perpetua.domain.facts.Holder;
import io.perpetua.domain.facts.Source;
import io.perpetua.domain.facts.Source.Origin;
import io.perpetua.domain.facts.SourceAnchor;
import io.perpetua.domain.facts.Statement;
import io.perpetua.domain.facts.Triple;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFactsTest extends FactsContract {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

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
    protected Facts facts() {
        return new SqliteFacts(database);
    }

    @Override
    protected FactArchive archive() {
        return new SqliteFacts(database);
    }

    @Override
    protected int raced() {
        return Integer.getInteger("facts.raced", 500);
    }

    /** Facts come, change hands and go, and what is erased is in none of the files. */
    @Test
    void erased_leavesNoByteOfTheTextInAnyFile() throws IOException {
        var random = new Random(1);
        var scope = new Scope("local", "default");
        for (int i = 0; i < 400; i++) {
            String mark = "<m" + i % 2 + "%d>".formatted(i);
            var anchor = new SourceAnchor(mark, 1, mark, mark);
            var source = new Source(Origin.GIVEN, mark, anchor, "talk " + i % 2, 0.8 + random.nextDouble() / 5, NOON);
            var triple = new Triple("subject " + random.nextInt(20), "is", mark.repeat(1 + random.nextInt(60)));
            facts().tell(
                            scope,
                            new Statement(Holder.ALL, triple, mark, source),
                            "id" + i,
                            NOON.plusSeconds(i),
                            FactRules.DEFAULT);
        }
        facts().forget(new ConversationKey(scope, "talk 0"));

        assertThat(files()).doesNotContain("<m0").contains("<m1");
        for (int i = 1; i < 400; i += 2) {
            facts().delete(scope, "id" + i);
        }
        assertThat(files()).doesNotContain("<m1");
    }

    private String files() throws IOException {
        var all = new StringBuilder();
        for (String name : new String[] {"perpetua.db", "perpetua.db-wal", "perpetua.db-shm"}) {
            all.append(new String(Files.readAllBytes(directory.resolve(name)), StandardCharsets.ISO_8859_1));
        }
        return all.toString();
    }
}
