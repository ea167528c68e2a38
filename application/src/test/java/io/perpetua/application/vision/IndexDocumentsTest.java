package io.perpetua.application.vision;

import static io.perpetua.application.World.SCOPE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.vision.RequestIndexing.Wish;
import io.perpetua.application.vision.SearchRegions.Query;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.Document;
import io.perpetua.domain.vision.IndexJob;
import io.perpetua.domain.vision.IndexJob.Status;
import io.perpetua.domain.vision.RegionFilter;
import io.perpetua.domain.vision.RegionType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IndexDocumentsTest {

    private static final String ADDRESS = "https://docs.example/manual.txt";
    private static final String TWO_PAGES = "harbour lantern\n\ntable: valve | 7\f code: int x = 1;";

    private static final Map<String, String> BOUND = Map.of(Document.CONVERSATION, "\"chat\"");

    private final DocumentFolder folder = new DocumentFolder();

    private IndexJob now(IndexJob job) {
        return folder.indexing.job(SCOPE, job.id());
    }

    private List<String> found(String query) {
        var found = folder.search.search(new Query(SCOPE, query, 50, RegionFilter.ALL, Map.of()));
        return found.hits().stream().map(hit -> hit.region().region().text()).toList();
    }

    private IndexJob fetch(Wish wish) {
        return folder.indexing.fetch(SCOPE, URI.create(ADDRESS), wish);
    }

    private static Wish wish(boolean force) {
        return new Wish("", null, force);
    }

    private static String pages(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(page -> "page " + page).collect(Collectors.joining("\f"));
    }

    private void later(Duration time) {
        folder.now.updateAndGet(now -> now.plus(time));
    }

    private String error(IndexJob job) {
        return requireNonNull(now(job).error()).code();
    }

    @Test
    void index_document_isReadAndFoundByItsRegions() {
        var job = folder.ask(SCOPE, TWO_PAGES, Map.of("title", "\"Manual\""));
        assertThat(job.status()).isEqualTo(Status.QUEUED);
        assertThat(found("lantern")).isEmpty();

        folder.work();

        assertThat(now(job).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(now(job).progress()).isEqualTo(1);
        var document = folder.browse.get(SCOPE, folder.document(job));
        assertThat(document.ready()).isTrue();
        assertThat(document.pages()).isEqualTo(2);
        assertThat(document.title()).isEqualTo("Manual");
        assertThat(found("lantern").getFirst()).isEqualTo("harbour lantern");
        assertThat(found("valve").getFirst()).isEqualTo("valve | 7");
        var regions =
                folder.documents.pages(SCOPE, document.id(), 1, 9).getFirst().regions();
        assertThat(regions.getFirst().region().type()).isEqualTo(RegionType.CODE);
        assertThat(regions.getFirst().tokens()).isPositive();
        assertThat(folder.told.indexed).containsExactly("OK 0 s");
    }

    @Test
    void index_sameDocumentAgain_isTheSameAndNotReadAgain() {
        String id = folder.read(SCOPE, TWO_PAGES, Map.of("a", "1"));
        folder.pages.before(page -> {
            throw new AssertionError("read again");
        });

        var again = folder.indexing.index(SCOPE, TWO_PAGES.getBytes(UTF_8), wish(false));

        assertThat(again.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(now(again).document()).isEqualTo(id);
        assertThat(folder.browse.get(SCOPE, id).metadata()).isEqualTo(Map.of("a", "1"));
        folder.ask(SCOPE, TWO_PAGES, Map.of("b", "2"));
        assertThat(folder.browse.get(SCOPE, id).metadata()).isEqualTo(Map.of("b", "2"));
        assertThat(folder.browse.list(SCOPE, null, 9)).hasSize(1);
    }

    @Test
    void index_whileItIsBeingRead_isTheSameJob() {
        var job = folder.ask(SCOPE, TWO_PAGES, Map.of());

        assertThat(folder.ask(SCOPE, TWO_PAGES, Map.of()).id()).isEqualTo(job.id());
        assertThat(folder.ask(new Scope("another", "default"), TWO_PAGES, Map.of())
                        .id())
                .isNotEqualTo(job.id());
    }

    @Test
    void index_beforeItsDocumentIsKept_isNotBegun() {
        folder.documents.away(true);
        assertThatThrownBy(() -> folder.ask(SCOPE, TWO_PAGES, Map.of())).isInstanceOf(StoreUnavailable.class);
        folder.documents.away(false);

        var job = folder.ask(SCOPE, TWO_PAGES, Map.of());
        folder.work();

        assertThat(now(job).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void index_forced_isReadAgain() {
        folder.read(SCOPE, TWO_PAGES, Map.of());
        var read = new ArrayList<Integer>();
        folder.pages.before(read::add);

        folder.indexing.index(SCOPE, TWO_PAGES.getBytes(UTF_8), wish(true));
        folder.work();

        assertThat(read).containsExactly(1, 2);
        assertThat(found("lantern")).contains("harbour lantern");
    }

    @Test
    void index_nothingThatCanBeSearched_succeedsAndSaysSo() {
        var job = folder.ask(SCOPE, "figure:\f figure:", Map.of());
        folder.work();

        assertThat(now(job).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(error(job)).isEqualTo("nothing_searchable");
        assertThat(requireNonNull(now(job).error()).message()).contains("nothing of the document's 2 regions");
        assertThat(error(folder.ask(SCOPE, "figure:\f figure:", Map.of()))).isEqualTo("nothing_searchable");
        var captioned = folder.ask(SCOPE, "figure:\f figure: a valve", Map.of());
        folder.work();
        assertThat(now(captioned).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(now(captioned).error()).isNull();
    }

    @Test
    void index_emptyOrTooLarge_isRefused() {
        assertThatThrownBy(() -> folder.ask(SCOPE, "", Map.of())).isInstanceOf(RequestRefused.class);
        assertThatThrownBy(() -> folder.ask(SCOPE, "x".repeat(100_001), Map.of()))
                .isInstanceOf(RequestRefused.class);
        assertThat(folder.browse.list(SCOPE, null, 9)).isEmpty();
    }

    @Test
    void index_tooManyWait_isRefusedAndLeavesNothing() {
        for (int i = 0; i < 3; i++) {
            folder.ask(SCOPE, "document " + i, Map.of());
        }

        assertThatThrownBy(() -> folder.ask(SCOPE, "one more", Map.of()))
                .isInstanceOfSatisfying(VisionUnavailable.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(VisionUnavailable.Reason.TENANT_QUEUE_FULL);
                    assertThat(refused.retryAfter()).isPositive();
                });
        assertThat(folder.browse.list(SCOPE, null, 9)).hasSize(3);
        var other = new Scope("another", "default");
        folder.ask(other, "theirs", Map.of());
        assertThatThrownBy(() -> folder.ask(other, "theirs, too", Map.of()))
                .isInstanceOfSatisfying(
                        VisionUnavailable.class,
                        refused -> assertThat(refused.reason()).isEqualTo(VisionUnavailable.Reason.QUEUE_FULL));
        assertThatThrownBy(() -> folder.indexing.fetch(other, URI.create(ADDRESS), wish(false)))
                .isInstanceOf(VisionUnavailable.class);

        folder.work();

        assertThat(folder.ask(SCOPE, "one more", Map.of()).status()).isEqualTo(Status.QUEUED);
    }

    @Test
    void fetch_document_isTheSameAsOneThatWasSent() {
        folder.fetcher.put(ADDRESS, TWO_PAGES);
        var job = fetch(new Wish("", Map.of("a", "1"), false));
        assertThat(job.document()).isNull();
        folder.work();

        String id = folder.document(job);
        assertThat(folder.browse.get(SCOPE, id).address()).isEqualTo(ADDRESS);
        assertThat(folder.browse.get(SCOPE, id).mediaType()).isEqualTo("text/plain");
        assertThat(now(job).address()).as("a job that has ended").isNull();
        assertThat(folder.ask(SCOPE, TWO_PAGES, Map.of()).document()).isEqualTo(id);
        var again = fetch(new Wish("", Map.of("b", "2"), false));
        folder.work();
        assertThat(now(again).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(folder.document(again)).isEqualTo(id);
        assertThat(folder.browse.get(SCOPE, id).metadata()).isEqualTo(Map.of("b", "2"));
    }

    @Test
    void fetch_tooLarge_fails() {
        folder.fetcher.put(ADDRESS, "x".repeat(100_001));
        var job = fetch(wish(false));
        folder.work();

        assertThat(now(job).status()).isEqualTo(Status.FAILED);
        assertThat(error(job)).isEqualTo("document_too_large");
    }

    @Test
    void fetch_nobodyAnswers_isTriedAgainLaterAndLaterUntilItIsGivenUp() {
        folder.fetcher.away(9);
        var job = fetch(wish(false));
        folder.work();
        assertThat(now(job).status()).isEqualTo(Status.QUEUED);
        assertThat(error(job)).isEqualTo("fetch_timeout");
        folder.work();
        assertThat(folder.fetcher.fetched()).as("not before it is due").isEqualTo(1);

        later(Duration.ofSeconds(5));
        folder.work();
        assertThat(folder.fetcher.fetched()).isEqualTo(2);
        later(Duration.ofSeconds(9));
        folder.work();
        assertThat(folder.fetcher.fetched()).as("the second pause is longer").isEqualTo(2);
        later(Duration.ofSeconds(1));
        folder.work();

        assertThat(now(job).status()).isEqualTo(Status.FAILED);
        assertThat(error(job)).isEqualTo("fetch_timeout");
        assertThat(folder.told.indexed).containsExactly("FAILED 15 s");
    }

    @Test
    void fetch_answersAgain_isGoneOnWith() {
        folder.fetcher.away(1);
        folder.fetcher.put(ADDRESS, TWO_PAGES);
        var job = fetch(wish(false));
        folder.work();
        later(Duration.ofSeconds(5));
        folder.work();

        assertThat(now(job).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(now(job).error()).isNull();
    }

    @Test
    void index_damagedDocument_failsAndIsNotKept() {
        var job = folder.ask(SCOPE, "!damaged", Map.of());
        folder.work();

        assertThat(now(job).status()).isEqualTo(Status.FAILED);
        assertThat(error(job)).isEqualTo("document_damaged");
        assertThat(folder.browse.list(SCOPE, null, 9)).isEmpty();
    }

    @Test
    void index_readerThatIsBroken_failsThisDocumentAlone() {
        folder.pages.before(page -> {
            throw new IllegalStateException("a bug");
        });
        var job = folder.ask(SCOPE, "one", Map.of());
        folder.work();
        folder.pages.before(page -> {});
        var next = folder.ask(SCOPE, "two", Map.of());
        folder.work();

        assertThat(error(job)).isEqualTo("internal_error");
        assertThat(folder.faults).hasSize(1);
        assertThat(now(next).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void index_readerThatThrowsAnError_failsThisDocumentAlone() {
        for (Error error : List.of(
                new NoClassDefFoundError("a font"),
                new StackOverflowError(),
                new AssertionError("a bug of the library"))) {
            folder.pages.before(page -> {
                throw error;
            });
            var job = folder.ask(SCOPE, "one " + error, Map.of());
            folder.work();
            folder.pages.before(page -> {});
            var next = folder.ask(SCOPE, "two " + error, Map.of());
            folder.work();

            assertThat(error(job)).isEqualTo("internal_error");
            assertThat(folder.faults).last().isSameAs(error);
            assertThat(now(next).status()).isEqualTo(Status.SUCCEEDED);
        }
    }

    @Test
    void eraseConversation_whileItsDocumentIsFetched_leavesNothing() {
        var chat = new ConversationKey(SCOPE, "chat");
        folder.fetcher.put(ADDRESS, TWO_PAGES);
        var job = fetch(new Wish("", BOUND, false));
        folder.fetcher.before(() -> assertThat(folder.documents.eraseOf(chat)).isTrue());

        folder.work();

        assertThat(folder.jobs.find(SCOPE, job.id())).isNull();
        assertThat(folder.browse.list(SCOPE, null, 9)).isEmpty();
        assertThat(found("lantern")).isEmpty();
        assertThat(folder.faults).isEmpty();
    }

    @Test
    void eraseConversation_whileADocumentIsFetchedThatIsThere_erasesItAsItsOwn() {
        folder.read(SCOPE, TWO_PAGES, Map.of());
        folder.fetcher.put(ADDRESS, TWO_PAGES);
        fetch(new Wish("", BOUND, false));
        folder.fetcher.before(() -> folder.documents.eraseOf(new ConversationKey(SCOPE, "chat")));

        folder.work();

        assertThat(folder.browse.list(SCOPE, null, 9)).isEmpty();
    }

    @Test
    void eraseConversation_whileItsDocumentIsSent_leavesNothing() {
        var documents = new InMemoryDocuments(folder.jobs) {
            @Override
            public synchronized boolean keep(Scope scope, Document document, Path content) {
                eraseOf(new ConversationKey(scope, "chat"));
                return super.keep(scope, document, content);
            }
        };
        var indexing = new RequestIndexing(
                documents,
                folder.jobs,
                DocumentFolder.LIMITS,
                folder.workspace,
                () -> "sent",
                folder.now::get,
                () -> {});

        var job = indexing.index(SCOPE, TWO_PAGES.getBytes(UTF_8), new Wish("", BOUND, false));

        assertThat(documents.list(SCOPE, null, 9)).isEmpty();
        assertThat(job.status()).isEqualTo(Status.FAILED);
        assertThat(error(job)).isEqualTo("document_deleted");
    }

    @Test
    void erase_whileAPageIsOnItsWayIntoTheIndex_takesItOutAgain() {
        var job = folder.ask(SCOPE, TWO_PAGES, Map.of());
        folder.index.before(() -> {
            if (folder.documents.find(SCOPE, requireNonNull(job.document())) != null) {
                folder.browse.erase(SCOPE, requireNonNull(job.document()));
            }
        });
        folder.work();

        assertThat(folder.index.search(SCOPE, RegionFilter.ALL, "lantern", null).regions())
                .isEmpty();
    }

    @Test
    void index_forcedBesideAJobThatHasBegun_isReadOnceMoreAfterIt() {
        var read = new ArrayList<Integer>();
        var forced = new ArrayList<IndexJob>();
        folder.read(SCOPE, TWO_PAGES, Map.of());
        folder.indexing.index(SCOPE, TWO_PAGES.getBytes(UTF_8), wish(true));
        folder.pages.before(page -> {
            read.add(page);
            if (forced.isEmpty()) {
                forced.add(folder.indexing.index(SCOPE, TWO_PAGES.getBytes(UTF_8), wish(true)));
                assertThat(folder.working("other").step())
                        .as("jobs of one document take turns")
                        .isFalse();
            }
        });

        folder.work();

        assertThat(read).containsExactly(1, 2, 1, 2);
        assertThat(now(forced.getFirst()).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void index_forcedBesideOneThatWaits_isThatOneIfItIsForced() {
        folder.read(SCOPE, TWO_PAGES, Map.of());
        var first = folder.indexing.index(SCOPE, TWO_PAGES.getBytes(UTF_8), wish(true));

        assertThat(folder.indexing
                        .index(SCOPE, TWO_PAGES.getBytes(UTF_8), wish(true))
                        .id())
                .isEqualTo(first.id());
        var unforced = folder.ask(SCOPE, "waits", Map.of());
        assertThat(folder.indexing
                        .index(SCOPE, "waits".getBytes(UTF_8), wish(true))
                        .id())
                .isNotEqualTo(unforced.id());
    }

    @Test
    void index_secondCallerWhileItIsRead_saysWhatTheDocumentIs() {
        var job = folder.ask(SCOPE, TWO_PAGES, BOUND);
        folder.pages.before(page -> folder.ask(SCOPE, TWO_PAGES, Map.of("b", "2")));
        folder.work();

        assertThat(folder.browse.get(SCOPE, folder.document(job)).metadata()).isEqualTo(Map.of("b", "2"));
    }

    @Test
    void index_byTwoAtOnce_saysWhatTheLastOfThemSaid() {
        var documents = new InMemoryDocuments(folder.jobs) {
            @Override
            public synchronized boolean keep(Scope scope, Document document, Path content) {
                super.keep(scope, document.describedBy(Map.of("a", "1")), content); // the other one is a little faster
                return super.keep(scope, document, content);
            }
        };
        var indexing = new RequestIndexing(
                documents,
                folder.jobs,
                DocumentFolder.LIMITS,
                folder.workspace,
                () -> "two",
                folder.now::get,
                () -> {});

        var job = indexing.index(SCOPE, TWO_PAGES.getBytes(UTF_8), new Wish("", Map.of("b", "2"), false));

        assertThat(requireNonNull(documents.find(SCOPE, requireNonNull(job.document())))
                        .metadata())
                .isEqualTo(Map.of("b", "2"));
    }

    @Test
    void eraseConversation_afterItsDocumentWasGivenToAnother_leavesItsJob() {
        var job = folder.ask(SCOPE, TWO_PAGES, BOUND);
        folder.ask(SCOPE, TWO_PAGES, Map.of());

        assertThat(folder.documents.eraseOf(new ConversationKey(SCOPE, "chat"))).isFalse();
        folder.work();

        assertThat(now(job).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void rebuild_putsEverythingInAgain() {
        folder.read(SCOPE, TWO_PAGES, Map.of());
        String gone = folder.read(SCOPE, "gone", Map.of());
        folder.index.takeDamage();
        folder.documents.erase(SCOPE, gone);
        var told = new ArrayList<Long>();

        assertThat(folder.tidy.rebuild((done, total) -> told.add(done))).isEqualTo(2);

        assertThat(told).containsExactly(2L);
        assertThat(found("lantern")).contains("harbour lantern");
        assertThat(folder.index.needsRebuild()).isFalse();
        assertThat(folder.tidy.rebuild((done, total) -> {})).isEqualTo(2);
    }

    @Test
    void stop_inTheMiddle_isGoneOnWithWhereItWas() {
        var job = folder.ask(SCOPE, pages(20), Map.of());
        folder.pages.before(page -> {
            if (page == 12) {
                folder.working.stop();
            }
        });
        folder.work();

        assertThat(now(job).status()).isEqualTo(Status.QUEUED);
        assertThat(now(job).progress()).isEqualTo(0.4);
        assertThat(now(job).attempts()).isZero();
        var read = new ArrayList<Integer>();
        folder.pages.before(read::add);
        assertThat(folder.working("next").step()).isTrue();
        assertThat(read).first().isEqualTo(9);
        assertThat(now(job).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(folder.documents.pages(SCOPE, folder.document(job), 0, 99)).hasSize(20);
        assertThat(found("page")).hasSize(20);
    }

    @Test
    void storeAway_inTheMiddle_isGoneOnWithWhenItIsBack() {
        var job = folder.ask(SCOPE, pages(20), Map.of());
        folder.pages.before(page -> {
            if (page == 12) {
                folder.documents.away(true);
            }
        });
        assertThatThrownBy(folder::work).isInstanceOf(StoreUnavailable.class);
        folder.documents.away(false);
        folder.pages.before(page -> {});

        folder.work();

        assertThat(now(job).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(found("page")).hasSize(20);
    }

    @Test
    void indexAway_inTheMiddle_losesNothing() {
        var job = folder.ask(SCOPE, pages(20), Map.of());
        folder.pages.before(page -> {
            if (page == 12) {
                folder.index.goAway();
            }
        });
        folder.work();
        assertThat(error(job)).isEqualTo("index_unavailable");
        folder.index.comeBack();
        folder.pages.before(page -> {});
        later(Duration.ofSeconds(5));

        folder.work();

        assertThat(now(job).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(found("page")).hasSize(20);
    }

    @Test
    void embedderAway_isWaitedFor() {
        folder.embedder.goAway();
        var job = folder.ask(SCOPE, TWO_PAGES, Map.of());
        folder.work();
        assertThat(error(job)).isEqualTo("embedder_unavailable");
        folder.embedder.comeBack();
        later(Duration.ofSeconds(5));

        folder.work();

        assertThat(now(job).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void embedderThatRefusesARegion_leavesItToItsWords() {
        folder.embedder.refuse("lantern");
        var job = folder.ask(SCOPE, TWO_PAGES, Map.of());
        folder.work();

        assertThat(now(job).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(found("harbour")).contains("harbour lantern");
    }

    @Test
    void job_thatBringsTheProcessDown_isGivenUpAfterAFewStarts() {
        var job = folder.ask(SCOPE, TWO_PAGES, Map.of());
        folder.pages.before(page -> {
            throw new OutOfMemoryError("for this test");
        });
        for (int start = 0; start < 3; start++) {
            var instance = folder.working("instance " + start);
            assertThatThrownBy(instance::step).isInstanceOf(OutOfMemoryError.class);
        }

        folder.work();

        assertThat(now(job).status()).isEqualTo(Status.FAILED);
        assertThat(error(job)).isEqualTo("too_many_attempts");
    }

    @Test
    void job_thatAnotherInstanceWorks_isLeftToIt() {
        var job = folder.ask(SCOPE, TWO_PAGES, Map.of());
        var other = folder.working("other");
        var seen = new ArrayList<Boolean>();
        folder.pages.before(page -> seen.add(other.step()));

        folder.work();

        assertThat(seen).containsExactly(false, false);
        assertThat(now(job).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void jobs_ofSeveralTenants_taketurns() {
        var other = new Scope("another", "default");
        for (int i = 0; i < 3; i++) {
            folder.ask(SCOPE, "mine " + i, Map.of());
        }
        var theirs = folder.ask(other, "theirs", Map.of());
        folder.working.step();
        folder.working.step();

        assertThat(folder.indexing.job(other, theirs.id()).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void job_ofManyPages_makesWayForAnotherTenantsAndIsGoneOnWith() {
        var mine = folder.ask(SCOPE, pages(20), Map.of());
        var theirs = folder.ask(new Scope("another", "default"), "theirs", Map.of());
        var read = new ArrayList<Integer>();
        folder.pages.before(read::add);
        folder.working.step();
        assertThat(now(mine).status()).isEqualTo(Status.QUEUED);
        assertThat(now(mine).attempts()).isZero();
        folder.work();

        var order = IntStream.concat(
                        IntStream.rangeClosed(1, 8), IntStream.concat(IntStream.of(1), IntStream.rangeClosed(9, 20)))
                .boxed()
                .toList();
        assertThat(read).isEqualTo(order);
        assertThat(now(mine).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(folder.indexing.job(theirs.scope(), theirs.id()).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(found("page")).hasSize(20);
    }

    @Test
    void job_ofManyPages_isReadThroughBeforeTheSameTenantsNext() {
        folder.ask(SCOPE, pages(20), Map.of());
        folder.ask(SCOPE, "mine, too", Map.of());
        var read = new ArrayList<Integer>();
        folder.pages.before(read::add);
        folder.work();

        assertThat(read).hasSize(21).endsWith(19, 20, 1);
    }

    @Test
    void erase_whileItIsRead_endsTheJob() {
        var job = folder.ask(SCOPE, pages(20), Map.of());
        folder.pages.before(page -> {
            if (page == 12) {
                folder.browse.erase(SCOPE, folder.document(job));
            }
        });
        folder.work();

        assertThat(folder.jobs.find(SCOPE, job.id())).isNull();
        folder.tidy.eraseErased();
        assertThat(found("page")).isEmpty();
        assertThat(folder.faults).isEmpty();
    }

    @Test
    void erase_document_isNotFoundAnyMore() {
        String id = folder.read(SCOPE, TWO_PAGES, Map.of());
        String kept = folder.read(SCOPE, "another lantern", Map.of());

        folder.browse.erase(SCOPE, id);

        assertThat(found("lantern")).containsExactly("another lantern");
        assertThat(folder.browse.list(SCOPE, null, 9)).extracting(Document::id).containsExactly(kept);
        assertThat(folder.documents.erased(9)).isEmpty();
        assertThatThrownBy(() -> folder.browse.erase(SCOPE, id)).isInstanceOf(RequestRefused.class);
    }

    @Test
    void erase_indexAway_isSeenToWhenItIsBack() {
        String id = folder.read(SCOPE, TWO_PAGES, Map.of());
        folder.index.goAway();
        folder.browse.erase(SCOPE, id);
        folder.index.comeBack();
        assertThat(found("lantern")).as("in the index still, but not there").isEmpty();

        folder.tidy.eraseErased();

        assertThat(folder.index.search(SCOPE, RegionFilter.ALL, "lantern", null).regions())
                .isEmpty();
        assertThat(folder.documents.erased(9)).isEmpty();
    }

    @Test
    void erase_keptAgainBeforeTheIndexIsTidied_isFound() {
        String id = folder.read(SCOPE, TWO_PAGES, Map.of());
        folder.index.goAway();
        folder.browse.erase(SCOPE, id);
        folder.index.comeBack();
        folder.read(SCOPE, TWO_PAGES, Map.of());

        folder.tidy.eraseErased();

        assertThat(found("lantern")).contains("harbour lantern");
    }

    @Test
    void rebuild_indexLost_hasEverythingAgain() {
        folder.read(SCOPE, TWO_PAGES, Map.of());
        folder.read(new Scope("another", "default"), "theirs", Map.of());
        folder.index.takeDamage();
        assertThat(found("lantern")).isEmpty();

        assertThat(folder.tidy.rebuildIfLost()).isTrue();

        assertThat(found("lantern")).contains("harbour lantern");
        assertThat(folder.index.needsRebuild()).isFalse();
        assertThat(folder.index
                        .search(new Scope("another", "default"), RegionFilter.ALL, "theirs", null)
                        .regions())
                .hasSize(1);
    }

    @Test
    void index_byManyAtOnce_isOneDocument() {
        @Nullable IndexJob[] jobs = new @Nullable IndexJob[16];
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, jobs.length).forEach(i -> threads.execute(() -> jobs[i] = tried()));
        }
        folder.work();

        assertThat(folder.browse.list(SCOPE, null, 9)).hasSize(1);
        for (var job : jobs) {
            if (job != null) {
                assertThat(now(job).status()).isEqualTo(Status.SUCCEEDED);
            }
        }
    }

    /** More than a few at once find the queue full. */
    private @Nullable IndexJob tried() {
        try {
            return folder.ask(SCOPE, TWO_PAGES, Map.of());
        } catch (VisionUnavailable e) {
            return null;
        }
    }
}
