package io.perpetua.application.vision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.vision.Documents.Counted;
import io.perpetua.application.vision.Documents.Erased;
import io.perpetua.application.vision.Documents.KeptPage;
import io.perpetua.application.vision.Documents.Located;
import io.perpetua.application.vision.IndexJobs.Added;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.Box;
import io.perpetua.domain.vision.Document;
import io.perpetua.domain.vision.DocumentId;
import io.perpetua.domain.vision.IndexJob;
import io.perpetua.domain.vision.IndexJob.Problem;
import io.perpetua.domain.vision.KeptRegion;
import io.perpetua.domain.vision.Page;
import io.perpetua.domain.vision.PageRegion;
import io.perpetua.domain.vision.RegionId;
import io.perpetua.domain.vision.RegionType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store of documents and jobs owes those who use it. */
public abstract class DocumentsContract {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123456Z");
    private static final Map<String, String> SAID = Map.of("title", "\"Zürich 🚀\"", "year", "2026", "final", "true");
    private static final int MANY = 1_000_000;
    private static final List<RegionType> TYPES = List.of(RegionType.values());

    /** Shared stores need no cleaning. */
    private final Scope scope = new Scope("tenant " + UUID.randomUUID(), "default");

    private final Scope other = new Scope(scope.tenant(), "other");

    @TempDir
    protected Path folder;

    /** A store; each call may give another instance over the same. */
    protected abstract Documents documents();

    protected abstract IndexJobs jobs();

    private static Document document(Scope scope, String content, Map<String, String> metadata) {
        String id = DocumentId.of(scope, DocumentId.sha256().digest(content.getBytes(UTF_8)));
        return new Document(id, "text/plain", null, content.getBytes(UTF_8).length, metadata, 0, false, NOON);
    }

    private Document kept(Scope in, String content, Map<String, String> metadata) {
        var document = document(in, content, metadata);
        assertThat(documents().keep(in, document, file(content))).isTrue();
        return document;
    }

    private Document kept(String content) {
        return kept(scope, content, SAID);
    }

    private Path file(String content) {
        try {
            return Files.writeString(folder.resolve(UUID.randomUUID().toString()), content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Page page(int number) {
        return new Page(number, 850, 1_100, 100);
    }

    private static Counted region(int page, int ordinal, String text) {
        var box = new Box(1, 2 + ordinal, 30, 40);
        boolean exact = ordinal % 2 == 0;
        var type = TYPES.get(ordinal % TYPES.size());
        return new Counted(new PageRegion(page, ordinal, box, type, text, exact, exact ? 1 : 0.1 + 0.2), 7 + ordinal);
    }

    private static KeptRegion kept(String document, Counted region) {
        return new KeptRegion(document, page(region.region().page()), region.region(), region.tokens());
    }

    private @Nullable String content(Scope in, String id) throws IOException {
        try (var content = documents().open(in, id)) {
            return content == null ? null : Files.readString(content.file());
        }
    }

    @Test
    void keep_newDocument_isFoundAsItCame() throws IOException {
        var document = kept("what it says\0\n");

        assertThat(documents().find(scope, document.id())).isEqualTo(document);
        assertThat(content(scope, document.id())).isEqualTo("what it says\0\n");
        assertThat(requireNonNull(documents().find(scope, document.id()))
                        .metadata()
                        .keySet())
                .containsExactlyElementsOf(document.metadata().keySet());
    }

    @Test
    void keep_fetchedDocument_keepsItsAddress() {
        var fetched = new Document(
                document(scope, "fetched", Map.of()).id(), "", "https://a.example/ü", 7, Map.of(), 0, false, NOON);
        documents().keep(scope, fetched, file("fetched"));

        assertThat(documents().find(scope, fetched.id())).isEqualTo(fetched);
    }

    @Test
    void keep_largeContent_isKeptToTheByte() throws IOException {
        String large = "0123456789abcdef".repeat(100_000) + "end";
        var document = kept(large);

        assertThat(content(scope, document.id())).isEqualTo(large);
    }

    @Test
    void keep_sameAgain_changesNothing() {
        var document = kept("twice");

        assertThat(documents().keep(scope, document.describedBy(Map.of()), file("twice")))
                .isFalse();

        assertThat(documents().find(scope, document.id())).isEqualTo(document);
    }

    @Test
    void keep_byManyAtOnce_oneDoesIt() throws IOException {
        var document = document(scope, "raced", SAID);
        var kept = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 16)
                    .forEach(i -> threads.execute(() -> {
                        if (documents().keep(scope, document, file("raced"))) {
                            kept.incrementAndGet();
                        }
                    }));
        }

        assertThat(kept).hasValue(1);
        assertThat(content(scope, document.id())).isEqualTo("raced");
        assertThat(documents().erased(MANY)).noneMatch(this::isOurs);
    }

    private boolean isOurs(Erased erased) {
        return erased.scope().equals(scope) || erased.scope().equals(other);
    }

    @Test
    void anotherScope_knowsNothingOfIt() throws IOException {
        var document = kept("secret");
        var region = region(1, 0, "secret");
        documents().put(scope, document.id(), page(1), List.of(region));
        var id = new RegionId(document.id(), 1, 0);

        assertThat(documents().find(other, document.id())).isNull();
        assertThat(documents().list(other, null, 10)).isEmpty();
        assertThat(documents().pages(other, document.id(), 0, 10)).isEmpty();
        assertThat(documents().regions(other, List.of(id))).isEmpty();
        assertThat(content(other, document.id())).isNull();
        assertThat(documents().put(other, document.id(), page(1), List.of())).isFalse();
        assertThat(documents().complete(other, document.id(), 0)).isFalse();
        assertThat(documents().describe(other, document.id(), Map.of())).isFalse();
        assertThat(documents().erase(other, document.id())).isFalse();
        assertThat(documents().regions(scope, List.of(id))).containsExactly(kept(document.id(), region));
    }

    @Test
    void list_inPages_hasEachOnceByItsId() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 7; i++) {
            ids.add(kept("document " + i).id());
        }
        var listed = new ArrayList<String>();
        var some = documents().list(scope, null, 3);
        while (!some.isEmpty()) {
            assertThat(some.size()).isLessThanOrEqualTo(3);
            some.forEach(each -> listed.add(each.id()));
            some = documents().list(scope, some.getLast().id(), 3);
        }

        assertThat(listed).isSorted().containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void all_inPages_hasThoseOfAllScopesOnce() {
        for (int i = 0; i < 3; i++) {
            kept(scope, "document " + i, Map.of());
            kept(other, "document " + i, Map.of());
        }
        var located = new ArrayList<Located>();
        var some = documents().all(null, 2);
        while (!some.isEmpty()) {
            located.addAll(some);
            some = documents().all(some.getLast(), 2);
        }

        assertThat(new HashSet<>(located)).hasSameSizeAs(located);
        assertThat(located.stream().filter(each -> each.scope().equals(scope))).hasSize(3);
        assertThat(located.stream().filter(each -> each.scope().equals(other))).hasSize(3);
    }

    @Test
    void describe_replacesWhatIsSaid() {
        var document = kept("described");

        assertThat(documents().describe(scope, document.id(), Map.of("a", "1"))).isTrue();

        assertThat(documents().find(scope, document.id())).isEqualTo(document.describedBy(Map.of("a", "1")));
    }

    @Test
    void put_pages_areGivenBackInOrderWithTheirRegions() {
        var document = kept("paged");
        var first = List.of(region(1, 0, "ü 🚀\n  x"), region(1, 1, ""), region(1, 2, "c"), region(1, 3, "d"));
        var second = List.of(region(2, 0, "second"));
        documents().put(scope, document.id(), page(2), second);
        documents().put(scope, document.id(), page(1), first);
        documents().put(scope, document.id(), page(10), List.of());

        assertThat(documents().pages(scope, document.id(), 0, 2))
                .containsExactly(
                        new KeptPage(
                                page(1),
                                first.stream()
                                        .map(each -> kept(document.id(), each))
                                        .toList()),
                        new KeptPage(page(2), List.of(kept(document.id(), second.getFirst()))));
        assertThat(documents().pages(scope, document.id(), 2, 2)).containsExactly(new KeptPage(page(10), List.of()));
        assertThat(documents().pages(scope, document.id(), 10, 2)).isEmpty();
    }

    @Test
    void put_samePage_replacesIt() {
        var document = kept("replaced");
        documents().put(scope, document.id(), page(1), List.of(region(1, 0, "old"), region(1, 1, "older")));
        documents().put(scope, document.id(), page(1), List.of(region(1, 0, "new")));

        assertThat(documents().pages(scope, document.id(), 0, 9))
                .containsExactly(new KeptPage(page(1), List.of(kept(document.id(), region(1, 0, "new")))));
    }

    @Test
    void complete_dropsWhatIsBeyond() {
        var document = kept("shorter");
        for (int number = 1; number <= 3; number++) {
            documents().put(scope, document.id(), page(number), List.of(region(number, 0, "text " + number)));
        }

        assertThat(documents().complete(scope, document.id(), 2)).isTrue();

        assertThat(documents().find(scope, document.id())).isEqualTo(document.read(2));
        assertThat(documents().pages(scope, document.id(), 0, 9)).hasSize(2);
        assertThat(documents().regions(scope, List.of(new RegionId(document.id(), 3, 0))))
                .isEmpty();
    }

    @Test
    void regions_severalDocuments_givesThoseThatAreThereOnce() {
        var one = kept("one");
        var two = kept("two");
        documents().put(scope, one.id(), page(1), List.of(region(1, 0, "a"), region(1, 1, "b")));
        documents().put(scope, two.id(), page(5), List.of(region(5, 0, "c")));
        var wanted = List.of(
                new RegionId(two.id(), 5, 0),
                new RegionId(one.id(), 1, 1),
                new RegionId(one.id(), 1, 1),
                new RegionId(one.id(), 1, 9),
                new RegionId(one.id(), 2, 0),
                new RegionId(document(scope, "none", Map.of()).id(), 1, 0));

        assertThat(documents().regions(scope, wanted))
                .containsExactlyInAnyOrder(kept(two.id(), region(5, 0, "c")), kept(one.id(), region(1, 1, "b")));
        assertThat(documents().regions(scope, List.of())).isEmpty();
    }

    @Test
    void erase_document_leavesNothingAndIsToldUntilItIsForgotten() throws IOException {
        var document = kept("erased");
        documents().put(scope, document.id(), page(1), List.of(region(1, 0, "text")));
        documents().complete(scope, document.id(), 1);

        assertThat(documents().erase(scope, document.id())).isTrue();

        assertThat(documents().find(scope, document.id())).isNull();
        assertThat(documents().list(scope, null, 9)).isEmpty();
        assertThat(documents().pages(scope, document.id(), 0, 9)).isEmpty();
        assertThat(documents().regions(scope, List.of(new RegionId(document.id(), 1, 0))))
                .isEmpty();
        assertThat(content(scope, document.id())).isNull();
        assertThat(documents().put(scope, document.id(), page(1), List.of())).isFalse();
        assertThat(documents().complete(scope, document.id(), 1)).isFalse();
        assertThat(documents().erase(scope, document.id())).isFalse();
        var told = documents().erased(MANY).stream().filter(this::isOurs).toList();
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().scope()).isEqualTo(scope);
        assertThat(told.getFirst().document()).isEqualTo(document.id());

        documents().forget(told.getFirst());

        assertThat(documents().erased(MANY)).noneMatch(this::isOurs);
    }

    @Test
    void erase_keptAgain_isThereAfresh() throws IOException {
        var document = kept("again");
        documents().put(scope, document.id(), page(1), List.of(region(1, 0, "text")));
        documents().erase(scope, document.id());

        kept("again");
        documents().erased(MANY).stream().filter(this::isOurs).forEach(documents()::forget);

        assertThat(documents().find(scope, document.id())).isEqualTo(document);
        assertThat(content(scope, document.id())).isEqualTo("again");
        assertThat(documents().pages(scope, document.id(), 0, 9)).isEmpty();
    }

    @Test
    void eraseOf_conversation_erasesWhatIsBoundToItAlone() {
        var key = new ConversationKey(scope, "chat \"ü\"");
        var bound = kept(scope, "bound", Map.of(Document.CONVERSATION, "\"a\""));
        var otherwise = kept(scope, "otherwise", Map.of(Document.CONVERSATION, "\"b\""));
        var moved = kept(scope, "moved", Map.of(Document.CONVERSATION, "\"a\""));
        documents().describe(scope, moved.id(), Map.of());
        var numbered = kept(scope, "numbered", Map.of(Document.CONVERSATION, "1"));
        var elsewhere = kept(other, "bound", Map.of(Document.CONVERSATION, "\"a\""));
        var late = kept(scope, "late", Map.of());
        documents().describe(scope, late.id(), Map.of(Document.CONVERSATION, "\"a\""));

        assertThat(documents().of(key.sibling("a")))
                .extracting(Document::id)
                .containsExactlyInAnyOrder(bound.id(), late.id());
        assertThat(documents().eraseOf(key.sibling("none"))).isFalse();

        assertThat(documents().eraseOf(key.sibling("a"))).isTrue();

        assertThat(documents().of(key.sibling("a"))).isEmpty();
        assertThat(documents().eraseOf(key.sibling("a"))).isFalse();

        assertThat(documents().list(scope, null, 9))
                .extracting(Document::id)
                .containsExactlyInAnyOrder(otherwise.id(), moved.id(), numbered.id());
        assertThat(documents().find(other, elsewhere.id())).isNotNull();
        assertThat(documents().erased(MANY).stream().filter(this::isOurs))
                .extracting(Erased::document)
                .containsExactlyInAnyOrder(bound.id(), late.id());
    }

    @Test
    void eraseOf_conversation_forgetsTheJobsThatAreToBringItsDocuments() {
        var bound = kept(scope, "bound", Map.of(Document.CONVERSATION, "\"a\""));
        var reading = job("reading", bound.id(), Map.of());
        var fetching = job("fetching", null, Map.of(Document.CONVERSATION, "\"a\""));
        var another = job("another", null, Map.of(Document.CONVERSATION, "\"b\""));
        List.of(reading, fetching, another).forEach(this::add);

        assertThat(documents().eraseOf(new ConversationKey(scope, "a"))).isTrue();

        assertThat(jobs().find(scope, "reading")).isNull();
        assertThat(jobs().find(scope, "fetching")).isNull();
        assertThat(jobs().find(scope, "another")).isEqualTo(another);
    }

    @Test
    void eraseOf_conversationWithAJobAlone_saysThatThereWasOne() {
        add(job("alone", null, Map.of(Document.CONVERSATION, "\"a\"")));

        assertThat(documents().eraseOf(new ConversationKey(scope, "a"))).isTrue();

        assertThat(documents().eraseOf(new ConversationKey(scope, "a"))).isFalse();
    }

    @Test
    void eraseOf_conversationWhoseNameJsonEscapes_isFound() {
        String name = "chat \"ü\" \\ 7";
        var bound = kept(scope, "bound", Map.of(Document.CONVERSATION, "\"chat \\\"\\u00fc\\\" \\\\ 7\""));

        assertThat(bound.conversation()).isEqualTo(name);
        assertThat(documents().eraseOf(new ConversationKey(scope, name))).isTrue();
        assertThat(documents().find(scope, bound.id())).isNull();
    }

    @Test
    void update_jobWhoseDocumentIsThere_isItsConversationsNoMore() {
        var fetching = job("fetching", null, Map.of(Document.CONVERSATION, "\"a\""));
        add(fetching);
        var fetched = fetching.fetched(document(scope, "fetched", Map.of()).id());

        assertThat(jobs().update(fetched)).isTrue();

        assertThat(jobs().find(scope, "fetching")).isEqualTo(fetched);
        assertThat(fetched.metadata()).isEmpty();
        assertThat(documents().eraseOf(new ConversationKey(scope, "a"))).isFalse();
        assertThat(jobs().find(scope, "fetching")).isEqualTo(fetched);
    }

    private IndexJob job(String id, @Nullable String document, Map<String, String> metadata) {
        return IndexJob.queued(
                id, scope, document, document == null ? "https://a.example/" + id : null, metadata, true, NOON);
    }

    private void add(IndexJob job) {
        assertThat(jobs().add(job, MANY, MANY)).isEqualTo(Added.ADDED);
    }

    @Test
    void add_job_isFoundAsItCame() {
        var job = job("one", null, SAID);
        add(job);

        assertThat(jobs().find(scope, "one")).isEqualTo(job);
        assertThat(jobs().find(other, "one")).isNull();
        assertThat(jobs().find(scope, "two")).isNull();
        assertThat(jobs().open()).contains(job);
    }

    @Test
    void update_openJob_isReplaced() {
        var job = job("one", null, SAID);
        add(job);
        var retried = job.begun()
                .fetched("doc")
                .through(8, 20)
                .retriedAt(NOON.plusMillis(1_500), new Problem("away", "nobody answers"));

        assertThat(jobs().update(retried)).isTrue();

        assertThat(jobs().find(scope, "one")).isEqualTo(retried);
        assertThat(jobs().open()).contains(retried).doesNotContain(job);
    }

    @Test
    void update_jobThatHasEnded_staysAsItEnded() {
        var job = job("one", "doc", SAID);
        add(job);
        var failed = job.begun().failed(new Problem("document_damaged", "it is damaged"));

        assertThat(jobs().update(failed)).isTrue();

        assertThat(jobs().find(scope, "one")).isEqualTo(failed);
        assertThat(jobs().open()).noneMatch(each -> each.scope().equals(scope));
        assertThat(jobs().update(job.begun())).isFalse();
        assertThat(jobs().find(scope, "one")).isEqualTo(failed);
    }

    @Test
    void update_unknownJob_isNotThere() {
        assertThat(jobs().update(job("none", null, SAID))).isFalse();
        assertThat(jobs().find(scope, "none")).isNull();
    }

    @Test
    void add_jobThatHasEnded_isFoundAndTakesNoPlace() {
        var ended = job("ended", "doc", Map.of()).succeeded(3, null);

        assertThat(jobs().add(ended, 0, 0)).isEqualTo(Added.ADDED);

        assertThat(jobs().find(scope, "ended")).isEqualTo(ended);
        assertThat(jobs().open()).doesNotContain(ended);
    }

    @Test
    void add_tooManyOpen_isRefused() {
        int others = jobs().open().size();
        add(job("one", "doc", Map.of()));

        assertThat(jobs().add(job("two", null, Map.of()), others + 2, 1)).isEqualTo(Added.TENANT_FULL);
        assertThat(jobs().add(job("two", null, Map.of()), 1, MANY)).isEqualTo(Added.FULL);
        assertThat(jobs().find(scope, "two")).isNull();
        assertThat(jobs().update(job("one", "doc", Map.of()).succeeded(1, null)))
                .isTrue();
        assertThat(jobs().add(job("two", null, Map.of()), MANY, 1)).isEqualTo(Added.ADDED);
    }

    @Test
    void add_byManyAtOnce_asManyGetInAsMay() {
        var added = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 32)
                    .forEach(i -> threads.execute(() -> {
                        if (jobs().add(job("job " + i, null, Map.of()), MANY, 5) == Added.ADDED) {
                            added.incrementAndGet();
                        }
                    }));
        }

        assertThat(added).hasValue(5);
        assertThat(jobs().open().stream().filter(each -> each.scope().equals(scope)))
                .hasSize(5);
    }

    @Test
    void open_hasTheOldestFirst() {
        for (int i = 0; i < 5; i++) {
            add(new IndexJob(
                    "job " + (9 - i),
                    scope,
                    null,
                    "https://a.example",
                    Map.of(),
                    false,
                    IndexJob.Status.QUEUED,
                    0,
                    0,
                    0,
                    NOON,
                    null,
                    NOON.plus(Duration.ofSeconds(i))));
        }

        assertThat(jobs().open().stream()
                        .filter(each -> each.scope().equals(scope))
                        .map(IndexJob::at))
                .isSorted()
                .hasSize(5);
    }

    @Test
    void erase_ofDocument_forgetsItsOpenJobs() {
        add(job("one", "doc", SAID));
        add(job("two", "other", SAID));

        jobs().erase(scope, "doc");

        assertThat(jobs().find(scope, "one")).isNull();
        assertThat(jobs().find(scope, "two")).isNotNull();
    }
}
