package io.perpetua.application.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.World;
import io.perpetua.application.memory.FakeEmbedder;
import io.perpetua.application.memory.PlainWords;
import io.perpetua.application.memory.QuestionVectors;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.facts.FactFilter;
import io.perpetua.domain.facts.FactRules;
import io.perpetua.domain.facts.Holder;
import io.perpetua.domain.facts.Source;
import io.perpetua.domain.facts.Source.Origin;
import io.perpetua.domain.facts.Statement;
import io.perpetua.domain.facts.Superseding.Telling;
import io.perpetua.domain.facts.Triple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeepAndQueryFactsTest {

    private final InMemoryFacts facts = new InMemoryFacts();
    private final AtomicInteger ids = new AtomicInteger();
    private final FakeEmbedder embedder = new FakeEmbedder();
    private final Deque<Runnable> later = new ArrayDeque<>();
    private final FactVectors vectors = new FactVectors(embedder, new QuestionVectors(embedder), later::add);
    private final QueryFacts query = new QueryFacts(facts, new FactSearch(PlainWords.INSTANCE, vectors));

    private KeepFacts keep(FactRules rules) {
        return new KeepFacts(
                facts, rules, () -> "fact-" + ids.incrementAndGet(), () -> World.NOON.plusSeconds(ids.get()));
    }

    private static Statement statement(String subject, String object, double confidence) {
        return statement(subject, object, confidence, World.NOON);
    }

    private static Statement statement(String subject, String object, double confidence, Instant at) {
        return new Statement(
                Holder.ALL,
                new Triple(subject, "lives_in", object),
                null,
                new Source(Origin.GIVEN, "a", null, null, confidence, at));
    }

    private Telling add(String subject, String object) {
        return keep(FactRules.DEFAULT).add(World.SCOPE, statement(subject, object, 0.9));
    }

    private List<String> found(String text) {
        return query.query(World.SCOPE, FactFilter.ALL, text, null, 100).facts().stream()
                .map(Fact::id)
                .toList();
    }

    @Test
    void add_atTheThreshold_isKept_belowIsRefusedWithBothNumbers() {
        var rules = FactRules.of(0.8, List.of(), 10);
        keep(rules).add(World.SCOPE, statement("a", "b", 0.8));
        assertThatThrownBy(() -> keep(rules).add(World.SCOPE, statement("c", "d", 0.799)))
                .isInstanceOfSatisfying(RequestRefused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(RequestRefused.Reason.UNPROCESSABLE);
                    assertThat(refused).hasMessageContaining("0.799").hasMessageContaining("0.8");
                });
    }

    @Test
    void add_moreThanTheMost_isAConflict() {
        var rules = FactRules.of(0.8, List.of(), 1);
        keep(rules).add(World.SCOPE, statement("a", "b", 0.8));
        assertThatThrownBy(() -> keep(rules).add(World.SCOPE, statement("c", "d", 0.9)))
                .isInstanceOfSatisfying(
                        RequestRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RequestRefused.Reason.CONFLICT));
    }

    @Test
    void add_observedTomorrow_isRefused() {
        var tomorrow = statement("a", "b", 1, World.NOON.plus(Duration.ofDays(1)));
        assertThatThrownBy(() -> keep(FactRules.DEFAULT).add(World.SCOPE, tomorrow))
                .isInstanceOfSatisfying(
                        RequestRefused.class,
                        refused -> assertThat(refused.param()).isEqualTo("observed_at"));
    }

    @Test
    void query_words_findNamesOfRelationsApart() {
        add("Ann", "Lisbon");
        add("Bob", "Porto");
        assertThat(found("who lives where")).hasSize(2);
        assertThat(found("Porto")).containsExactly("fact-2");
        assertThat(found("elsewhere")).isEmpty();
    }

    /** The fake embedder calls texts near that share most of their words; here words alone find nothing. */
    @Test
    void query_meaning_findsWhatHasNoWordInCommonWithIt() {
        add("Ann", "Lisbon");
        var byMeaningAlone = new QueryFacts(facts, new FactSearch(new NoWords(), vectors));
        var answer = byMeaningAlone.query(World.SCOPE, FactFilter.ALL, "Ann lives in Lisbon", null, 10);
        assertThat(answer.total()).isEqualTo(1);
        assertThat(answer.matches().getFirst().lexical()).isZero();
        assertThat(answer.matches().getFirst().semantic()).isGreaterThan(0.99);
        assertThat(byMeaningAlone
                        .query(World.SCOPE, FactFilter.ALL, "something quite different", null, 10)
                        .total())
                .isZero();
    }

    @Test
    void query_manyFacts_waitsForSomeVectorsAndMakesTheOthersLater() {
        for (int i = 0; i < 50; i++) {
            add("Ann " + i, "Lisbon " + i);
        }
        var first = query.query(World.SCOPE, FactFilter.ALL, "Lisbon", null, 10);
        assertThat(first.total()).isEqualTo(50);
        assertThat(first.degraded()).isEmpty();
        assertThat(first.pending()).isEqualTo(18);
        assertThat(vectors.size()).isEqualTo(32);

        assertThat(later).hasSize(1);
        later.remove().run();
        assertThat(vectors.size()).isEqualTo(50);
        assertThat(query.query(World.SCOPE, FactFilter.ALL, "Lisbon", null, 10).pending())
                .isZero();
        assertThat(later).isEmpty();
    }

    @Test
    void query_longFacts_waitsForFewVectors() {
        for (int i = 0; i < 10; i++) {
            add("Ann " + i, "Lisbon " + "x ".repeat(400));
        }

        assertThat(query.query(World.SCOPE, FactFilter.ALL, "Lisbon", null, 10).pending())
                .isEqualTo(8);
        assertThat(vectors.size()).isEqualTo(2);
    }

    @Test
    void query_pagesWhileTheOrderChanges_giveEachThatWasThereOnce() {
        for (int i = 0; i < 60; i++) {
            add("Ann " + i, i % 2 == 0 ? "Lisbon" : "Lisbon " + i + " and elsewhere");
        }
        var there = new HashSet<>(facts.query(World.SCOPE, FactFilter.ALL, null, 100).facts().stream()
                .map(Fact::id)
                .toList());
        var seen = new ArrayList<String>();
        String cursor = null;
        for (int page = 0; page == 0 || cursor != null; page++) {
            var answer = query.query(World.SCOPE, FactFilter.ALL, "Ann 7 lives in Lisbon", cursor, 7);
            answer.facts().forEach(fact -> seen.add(fact.id()));
            assertThat(answer.total()).isEqualTo(there.size());
            cursor = answer.next();
            if (page == 1) {
                later.remove().run(); // vectors: some facts move forward
            }
            if (page == 2) {
                add("Ann 7", "Lisbon, too"); // better than any, but it was not there
                String gone = there.stream()
                        .filter(id -> !seen.contains(id))
                        .findFirst()
                        .orElseThrow();
                facts.delete(World.SCOPE, gone);
                there.remove(gone);
            }
        }
        assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(there);
    }

    @Test
    void query_pagesWhileAFactIsSuperseded_areAsOfTheFirst() {
        for (int i = 0; i < 4; i++) {
            add("Ann " + i, "Lisbon");
        }
        var now = new FactFilter(null, null, null, null, null, null, 0, World.NOON.plusSeconds(1));
        var first = query.query(World.SCOPE, now, "Lisbon", null, 3);
        var firstOfAll = query.query(World.SCOPE, now, null, null, 3);
        String left = "Ann 0";
        keep(FactRules.DEFAULT).add(World.SCOPE, statement(left, "Porto", 0.9, World.NOON.plusSeconds(2)));
        var later = now.at(World.NOON.plusSeconds(3));
        var second = query.query(World.SCOPE, later, "Lisbon", first.next(), 3);
        assertThat(second.facts()).extracting(fact -> fact.triple().subject()).containsExactly(left);
        assertThat(second.next()).isNull();
        var secondOfAll = query.query(World.SCOPE, later, null, firstOfAll.next(), 3);
        assertThat(secondOfAll.facts())
                .extracting(fact -> fact.triple().object())
                .containsExactly("Lisbon");
        assertThat(secondOfAll.next()).isNull();
    }

    @Test
    void query_longFacts_areComparedByTheirBeginningAndNoMoreThanTheRoomAllows() {
        String padding = "x ".repeat(4_900);
        for (int i = 0; i < 520; i++) {
            add("Ann " + i, "Lisbon " + padding);
        }
        var asked = new ArrayList<Long>();
        var watched = new InMemoryFacts() {
            @Override
            public synchronized List<Gist> gists(
                    Scope scope, FactFilter filter, @Nullable Place after, int most, long characters) {
                asked.add(characters);
                return facts.gists(scope, filter, after, most, characters);
            }

            @Override
            public synchronized List<Fact> find(Scope scope, List<String> ids) {
                assertThat(ids).hasSizeLessThanOrEqualTo(5);
                return facts.find(scope, ids);
            }

            @Override
            public synchronized Found query(Scope scope, FactFilter filter, @Nullable Place after, int limit) {
                throw new AssertionError("whole facts were read");
            }
        };
        var answer = new QueryFacts(watched, new FactSearch(PlainWords.INSTANCE, null))
                .query(World.SCOPE, FactFilter.ALL, "Lisbon", null, 5);
        assertThat(asked).containsExactly(1_000_000L);
        assertThat(answer.total()).isEqualTo(500); // of 2,000 characters each
        assertThat(answer.facts()).hasSize(5);
    }

    @Test
    void query_cursorOfSomethingElse_isRefused() {
        add("Ann", "Lisbon");
        for (String cursor : new String[] {"", "o10", "s", "s1.2", "s1.x.", "sx.1.", "s1.1.*", "p1.fact-1"}) {
            assertThatThrownBy(() -> query.query(World.SCOPE, FactFilter.ALL, "Lisbon", cursor, 10))
                    .isInstanceOfSatisfying(
                            RequestRefused.class,
                            refused -> assertThat(refused.param()).isEqualTo("cursor"));
        }
        for (String cursor : new String[] {"", "p", "p1.fact-1", "p1.x.fact-1", "p1.1.", "s1.1."}) {
            assertThatThrownBy(() -> query.query(World.SCOPE, FactFilter.ALL, null, cursor, 10))
                    .isInstanceOfSatisfying(
                            RequestRefused.class,
                            refused -> assertThat(refused.param()).isEqualTo("cursor"));
        }
        String farOfAll = "p.9223372036854775807.z";
        assertThat(query.query(World.SCOPE, FactFilter.ALL, null, farOfAll, 10).facts())
                .hasSize(1);
        String far = "s9223372036854775807.9223372036854775807.";
        assertThat(query.query(World.SCOPE, FactFilter.ALL, "Lisbon", far, 10).total())
                .isOne();
    }

    @Test
    void query_withoutEmbedder_goesByWords() {
        add("Ann", "Lisbon");
        embedder.goAway();
        var answer = query.query(World.SCOPE, FactFilter.ALL, "Lisbon", null, 10);
        assertThat(answer.total()).isEqualTo(1);
        assertThat(answer.degraded()).containsExactly("embedder");
    }

    @Test
    void query_pages_giveEachOnce() {
        for (int i = 0; i < 7; i++) {
            add("Ann " + i, "Lisbon");
        }
        for (String text : new String[] {"", "Lisbon"}) {
            var seen = new ArrayList<String>();
            String cursor = null;
            do {
                var page = query.query(World.SCOPE, FactFilter.ALL, text.isEmpty() ? null : text, cursor, 3);
                assertThat(page.total()).isEqualTo(7);
                page.facts().forEach(fact -> seen.add(fact.id()));
                cursor = page.next();
            } while (cursor != null);
            assertThat(seen).hasSize(7).doesNotHaveDuplicates();
        }
    }
}
