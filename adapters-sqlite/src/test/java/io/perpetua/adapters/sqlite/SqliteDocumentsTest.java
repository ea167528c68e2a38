package io.perpetua.adapters.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.application.conversation.PlainMessages;
import io.perpetua.application.vision.Documents;
import io.perpetua.application.vision.Documents.Counted;
import io.perpetua.application.vision.DocumentsContract;
import io.perpetua.application.vision.IndexJobs;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.Box;
import io.perpetua.domain.vision.Document;
import io.perpetua.domain.vision.DocumentId;
import io.perpetua.domain.vision.IndexJob;
import io.perpetua.domain.vision.Page;
import io.perpetua.domain.vision.PageRegion;
import io.perpetua.domain.vision.RegionType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteDocumentsTest extends DocumentsContract {

    private static final Scope SCOPE = new Scope("tenant", "default");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final int MANY = 1_000;

    @TempDir
    Path data;

    private Database database;
    private Documents documents;

    @BeforeEach
    void open() {
        database = new Database(data);
        documents = new SqliteDocuments(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    protected Documents documents() {
        return documents;
    }

    @Override
    protected IndexJobs jobs() {
        return new SqliteIndexJobs(database);
    }

    private String keep(String content, Map<String, String> metadata) throws IOException {
        String id = DocumentId.of(SCOPE, DocumentId.sha256().digest(content.getBytes(UTF_8)));
        var document = new Document(id, "", null, content.length(), metadata, 0, false, NOON);
        assertThat(documents.keep(SCOPE, document, Files.writeString(folder.resolve("content"), content)))
                .isTrue();
        return id;
    }

    private void put(String id, int page, String text) {
        var region = new PageRegion(page, 0, new Box(1, 1, 1, 1), RegionType.TEXT, text, true, 1);
        documents.put(SCOPE, id, new Page(page, 10, 10, 10), List.of(new Counted(region, 1)));
    }

    @Test
    void start_fileOfNoDocument_isDeleted() throws IOException {
        String kept = keep("kept", Map.of());
        Path orphan = Files.writeString(data.resolve("documents").resolve("doc_" + "0".repeat(32)), "orphan");
        Path unfinished = Files.writeString(data.resolve("documents").resolve("doc_1.part"), "half");
        close();
        open();

        assertThat(orphan).doesNotExist();
        assertThat(unfinished).doesNotExist();
        assertThat(documents.find(SCOPE, kept)).isNotNull();
        assertThat(data.resolve("documents").resolve(kept)).hasContent("kept");
    }

    @Test
    void eraseConversation_takesItsDocumentsAlong() throws IOException {
        var stores = SqliteRecordTest.stores(database);
        var key = new ConversationKey(SCOPE, "chat");
        var said = new NewTurn(PlainMessages.INSTANCE.compose(Role.USER, "hello"), NOON, 1, List.of());
        stores.conversations().append(new Append(key, null, null, 0, List.of(said), null, "one"));
        String bound = keep("bound", Map.of(Document.CONVERSATION, "\"chat\""));
        String free = keep("free", Map.of());
        put(bound, 1, "bound text");

        assertThat(stores.conversations().erase(key)).isTrue();

        assertThat(documents.find(SCOPE, bound)).isNull();
        assertThat(documents.find(SCOPE, free)).isNotNull();
        assertThat(documents.erased(MANY)).hasSize(1);
        assertThat(data.resolve("documents").resolve(bound)).doesNotExist();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void erase_mixedWork_leavesNoByteOfTheTextInAnyFile(long seed) throws IOException {
        var random = new Random(seed);
        var jobs = new SqliteIndexJobs(database);
        for (int number = 0; number < 60; number++) {
            String mark = mark(number);
            String id = keep("file " + mark, Map.of("title", '"' + mark + '"'));
            for (int page = 1; page <= 8; page++) {
                put(id, page, mark.repeat(1 + random.nextInt(300)));
            }
            var job = IndexJob.queued(
                    "job " + number, SCOPE, id, "https://a.example/" + mark, Map.of("a", '"' + mark + '"'), true, NOON);
            jobs.add(job, MANY, MANY);
            if (random.nextBoolean()) {
                put(id, 1 + random.nextInt(8), mark.repeat(1 + random.nextInt(300)));
                documents.describe(SCOPE, id, Map.of("title", '"' + mark.repeat(5) + '"'));
            }
            if (number % 2 == 0) {
                jobs.erase(SCOPE, id);
                assertThat(documents.erase(SCOPE, id)).isTrue();
            }
        }

        String all = everything();
        for (int number = 0; number < 60; number++) {
            assertThat(all.contains(mark(number))).as(mark(number)).isEqualTo(number % 2 == 1);
        }
    }

    private static String mark(int number) {
        return "<m%06d>".formatted(number);
    }

    private String everything() throws IOException {
        var all = new StringBuilder();
        try (var files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
