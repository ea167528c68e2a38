package io.perpetua.application.facts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perpetua.application.facts.Facts.Found;
import io.perpetua.application.facts.Facts.Outcome;
import io.perpetua.application.facts.Facts.Place;
import io.perpetua.application.transfer.FactArchive;
import io.perpetua.application.transfer.Tallies;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.facts.FactFilter;
import io.perpetua.domain.facts.FactRules;
import io.perpetua.domain.facts.Holder;
import io.perpetua.domain.facts.Source;
import io.perpetua.domain.facts.Source.Origin;
import io.perpetua.domain.facts.SourceAnchor;
import io.perpetua.domain.facts.Statement;
import io.perpetua.domain.facts.Superseding.Kind;
import io.perpetua.domain.facts.Superseding.Telling;
import io.perpetua.domain.facts.Triple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Facts} and {@link FactArchive} promise. Every test has a scope of its own, so shared stores need no cleaning. */
public abstract class FactsContract {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123456Z");

    private final Scope scope = new Scope("contract-" + UUID.randomUUID(), "facts");
    private final AtomicInteger ids = new AtomicInteger();

    protected abstract Facts facts();

    protected abstract FactArchive archive();

    /** How many facts the racers of the default build tell. */
    protected int raced() {
        return 300;
    }

    private static Source source(@Nullable String document, double confidence, Instant at) {
        return new Source(Origin.GIVEN, document, null, null, confidence, at);
    }

    private static Source heard(String conversation, Instant at) {
        return new Source(Origin.DETECTED, null, null, conversation, 0.9, at);
    }

    private static Statement statement(String subject, String predicate, String object, Source source) {
        return new Statement(Holder.ALL, new Triple(subject, predicate, object), null, source);
    }

    private Telling tell(Statement told) {
        return tell(told, NOON.plusSeconds(ids.get()));
    }

    private Telling tell(Statement told, Instant now) {
        var outcome = facts().tell(scope, told, "id-" + ids.incrementAndGet(), now, FactRules.DEFAULT);
        if (outcome instanceof Outcome.Told(var telling)) {
            return telling;
        }
        throw new AssertionError("refused");
    }

    private Fact home(String place, int second) {
        return tell(statement("Ann", "home", place, source("doc " + place, 0.9, NOON.plusSeconds(second))))
                .fact();
    }

    private Fact get(Fact fact) {
        return requireNonNull(facts().find(scope, fact.id()));
    }

    private Found all() {
        return facts().query(scope, FactFilter.ALL, null, 1_000);
    }

    private List<String> holding(Instant at) {
        return facts()
                .query(scope, new FactFilter(null, null, null, null, null, null, 0, at), null, 1_000)
                .facts()
                .stream()
                .map(fact -> fact.triple().object())
                .toList();
    }

    private List<String> gists(FactFilter filter, @Nullable Place after, int most, long characters) {
        return facts().gists(scope, filter, after, most, characters).stream()
                .map(Gist::id)
                .toList();
    }

    @Test
    void gists_areThoseThatTheFilterAdmits_theLastFirst_asManyAsMay() {
        var long1 = tell(statement("Ann", "likes", "tea " + "x".repeat(5_000), source("a", 0.9, NOON)))
                .fact();
        var short1 = tell(statement("Ann", "likesMuch", "rye_bread", source("a", 0.9, NOON)))
                .fact();
        var other =
                tell(statement("Bob", "likes", "rye", source("a", 0.9, NOON))).fact();
        var ann = new FactFilter("ann", null, null, null, null, null, 0, null);

        assertThat(facts().gists(scope, FactFilter.ALL, null, 10, 10_000))
                .containsExactly(Gist.of(other), Gist.of(short1), Gist.of(long1));
        assertThat(Gist.of(short1).text()).isEqualTo("Ann likes Much rye_bread");
        assertThat(Gist.of(long1).text()).hasSize(Gist.LONGEST);
        assertThat(gists(ann, null, 10, 10_000)).containsExactly(short1.id(), long1.id());
        assertThat(gists(FactFilter.ALL, Place.of(other), 10, 10_000)).containsExactly(short1.id(), long1.id());
        assertThat(gists(FactFilter.ALL, null, 2, 10_000)).containsExactly(other.id(), short1.id());
        assertThat(gists(FactFilter.ALL, null, 10, 2_000)).containsExactly(other.id(), short1.id());
        assertThat(gists(FactFilter.ALL, null, 10, 1)).containsExactly(other.id());
        assertThat(gists(FactFilter.ofConversation("none", null), null, 10, 10_000))
                .isEmpty();
    }

    @Test
    void find_several_givesThoseThatAreThereInTheirOrder() {
        var lisbon = home("Lisbon", 1);
        var porto = home("Porto", 2);
        assertThat(facts().find(scope, List.of(porto.id(), "none", lisbon.id())))
                .containsExactly(get(porto), get(lisbon));
        assertThat(facts().find(new Scope("nobody", "facts"), List.of(porto.id())))
                .isEmpty();
        assertThat(facts().find(scope, List.of())).isEmpty();
    }

    @Test
    void find_whatWasTold_comesBackAsItWentIn() {
        var source = new Source(
                Origin.EXTRACTED,
                "a.pdf",
                new SourceAnchor("doc-1", 7, "région 3", "src/a.py:12"),
                "talk",
                0.87,
                NOON.minusSeconds(5));
        var told = new Statement(Holder.of("anna"), new Triple(" Ann ", "Born in", "Köln\n1990"), "place", source);

        var telling = tell(told);

        assertThat(telling.kind()).isEqualTo(Kind.NEW);
        Fact found = get(telling.fact());
        assertThat(found).isEqualTo(telling.fact());
        assertThat(found.statement()).isEqualTo(told);
        assertThat(found.recordedAt()).isEqualTo(NOON);
        assertThat(found.validFrom()).isEqualTo(NOON.minusSeconds(5));
        assertThat(facts().find(scope, "no such id")).isNull();
        assertThat(facts().find(new Scope("other", "facts"), found.id())).isNull();
    }

    @Test
    void tell_again_isTheFirst() {
        var first = tell(statement("Ann", "likes", "Café", source("a", 0.9, NOON)));

        var again = tell(statement("  ANN", "Likes", "Cafe\u0301 ", source("a", 0.85, NOON)));

        assertThat(again.kind()).isEqualTo(Kind.DUPLICATE);
        assertThat(again.fact()).isEqualTo(first.fact());
        assertThat(all().total()).isEqualTo(1);
    }

    @Test
    void tell_byAnotherWitness_corroborates() {
        tell(statement("Ann", "likes", "tea", source("a", 0.8, NOON)));

        var other = tell(statement("Ann", "likes", "tea", source("b", 0.9, NOON.plusSeconds(1))));

        assertThat(other.kind()).isEqualTo(Kind.CORROBORATED);
        Fact found = get(other.fact());
        assertThat(found.sources()).extracting(Source::document).containsExactly("a", "b");
        assertThat(found.confidence()).isCloseTo(0.98, within(1e-12));
    }

    @Test
    void tell_bySameSourceSurer_isSurer() {
        tell(statement("Ann", "likes", "tea", source("a", 0.8, NOON)));

        var surer = tell(statement("Ann", "likes", "tea", source("a", 0.95, NOON)));

        assertThat(surer.kind()).isEqualTo(Kind.DUPLICATE);
        assertThat(get(surer.fact()).confidence()).isEqualTo(0.95);
        assertThat(get(surer.fact()).sources()).hasSize(1);
    }

    @Test
    void tell_ofAnotherHolder_isAnotherFact() {
        var triple = new Triple("user", "name", "Ann");
        tell(new Statement(Holder.of("u1"), triple, null, source("a", 0.9, NOON)));
        tell(new Statement(Holder.of("u2"), new Triple("user", "name", "Bob"), null, source("a", 0.9, NOON)));
        tell(new Statement(Holder.speaker(null, "u1"), triple, null, source("a", 0.9, NOON)));

        assertThat(all().total()).isEqualTo(3);
        assertThat(holding(NOON)).hasSize(3);
        assertThat(facts().query(scope, FactFilter.ofUser("u1", NOON), null, 10).facts())
                .hasSize(1);
    }

    @Test
    void tell_newObjectOfSingleValued_supersedesAndKeeps() {
        Fact lisbon = home("Lisbon", 0);
        Fact porto = home("Porto", 10);

        assertThat(get(lisbon).validTo()).isEqualTo(NOON.plusSeconds(10));
        assertThat(get(lisbon).supersededBy()).isEqualTo(porto.id());
        assertThat(get(porto).supersedes()).isEqualTo(lisbon.id());
        assertThat(holding(NOON.plusSeconds(5))).containsExactly("Lisbon");
        assertThat(holding(NOON.plusSeconds(10))).containsExactly("Porto");
        assertThat(holding(NOON.minusSeconds(1))).isEmpty();
        assertThat(all().total()).isEqualTo(2);
    }

    @Test
    void tell_severalObjectsOfMultiValued_holdTogether() {
        tell(statement("Ann", "likes", "tea", source("a", 0.9, NOON)));
        tell(statement("Ann", "LIKES ", "milk", source("a", 0.9, NOON.plusSeconds(1))));

        assertThat(holding(NOON.plusSeconds(2))).containsExactlyInAnyOrder("tea", "milk");
    }

    @Test
    void delete_latest_restoresTheOneBefore() {
        Fact lisbon = home("Lisbon", 0);
        home("Porto", 10);
        Fact faro = home("Faro", 20);

        assertThat(facts().delete(scope, faro.id())).isTrue();
        assertThat(facts().delete(scope, faro.id())).isFalse();
        assertThat(holding(NOON.plusSeconds(30))).containsExactly("Porto");

        Fact evora = home("Évora", 40);
        assertThat(holding(NOON.plusSeconds(50))).containsExactly("Évora");
        assertThat(facts().delete(scope, evora.id())).isTrue();
        assertThat(holding(NOON.plusSeconds(50))).containsExactly("Porto");
        assertThat(holding(NOON.plusSeconds(5))).containsExactly("Lisbon");
        assertThat(get(lisbon).validTo()).isEqualTo(NOON.plusSeconds(10));
    }

    @Test
    void delete_inTheMiddle_closesTheGap() {
        home("Lisbon", 0);
        Fact porto = home("Porto", 10);
        home("Faro", 20);

        facts().delete(scope, porto.id());

        assertThat(holding(NOON.plusSeconds(15))).containsExactly("Lisbon");
        assertThat(holding(NOON.plusSeconds(25))).containsExactly("Faro");
    }

    @Test
    void delete_whatStoodBetween_letsWhatHoldsAgainHoldAllTheTime() {
        Fact lisbon = home("Lisbon", 0);
        Fact porto = home("Porto", 10);
        home("Lisbon", 20);

        facts().delete(scope, porto.id());

        assertThat(holding(NOON.plusSeconds(15))).containsExactly("Lisbon");
        assertThat(get(lisbon).validFrom()).isEqualTo(NOON);
        assertThat(get(lisbon).validTo()).isNull();
        assertThat(get(lisbon).earlier()).isEmpty();
        home("Rome", -10);
        assertThat(holding(NOON.minusSeconds(5))).containsExactly("Rome");
        assertThat(holding(NOON.plusSeconds(5))).containsExactly("Lisbon");
    }

    @Test
    void delete_whatHeldTwice_givesBothTimesBack() {
        home("Lisbon", 0);
        Fact porto = home("Porto", 10);
        home("Faro", 20);
        home("Porto", 30);

        facts().delete(scope, porto.id());

        assertThat(holding(NOON.plusSeconds(15))).containsExactly("Lisbon");
        assertThat(holding(NOON.plusSeconds(25))).containsExactly("Faro");
        assertThat(holding(NOON.plusSeconds(35))).containsExactly("Faro");
    }

    @Test
    void delete_betweenOthers_isFilledByWhatHeldUntilThen() {
        home("Lisbon", 0);
        Fact porto = home("Porto", 10);
        home("Faro", 20);
        home("Lisbon", 30);

        facts().delete(scope, porto.id());

        assertThat(holding(NOON.plusSeconds(15))).containsExactly("Lisbon");
        assertThat(holding(NOON.plusSeconds(25))).containsExactly("Faro");
        assertThat(holding(NOON.plusSeconds(35))).containsExactly("Lisbon");
    }

    @Test
    void tell_whatWasSuperseded_holdsAgainAsTheSameFact() {
        Fact lisbon = home("Lisbon", 0);
        home("Porto", 10);

        var again = tell(statement("Ann", "home", "Lisbon", source("doc Lisbon", 0.9, NOON.plusSeconds(20))));

        assertThat(again.kind()).isEqualTo(Kind.REINSTATED);
        assertThat(again.fact().id()).isEqualTo(lisbon.id());
        assertThat(all().total()).isEqualTo(2);
        assertThat(holding(NOON.plusSeconds(5))).containsExactly("Lisbon");
        assertThat(holding(NOON.plusSeconds(15))).containsExactly("Porto");
        assertThat(holding(NOON.plusSeconds(25))).containsExactly("Lisbon");
    }

    /** A request that is sent again, or a document that is read again, is no news. */
    @Test
    void tell_whatWasSupersededByTheSamePlaceAgain_isADuplicate() {
        Fact lisbon = home("Lisbon", 0);
        home("Porto", 10);
        var source = source("doc Lisbon", 0.9, NOON.plusSeconds(20));
        var undated = new Statement(Holder.ALL, new Triple("Ann", "home", "Lisbon"), null, source, false);

        assertThat(tell(undated).kind()).isEqualTo(Kind.DUPLICATE);
        assertThat(get(lisbon).validTo()).isEqualTo(NOON.plusSeconds(10));
        assertThat(holding(NOON.plusSeconds(25))).containsExactly("Porto");

        var elsewhere = source("another", 0.9, NOON.plusSeconds(20));
        var news = new Statement(Holder.ALL, new Triple("Ann", "home", "Lisbon"), null, elsewhere, false);
        assertThat(tell(news).kind()).isEqualTo(Kind.REINSTATED);
        assertThat(holding(NOON.plusSeconds(25))).containsExactly("Lisbon");
    }

    @Test
    void tell_observedEarlier_heldSinceThen() {
        var tea = tell(statement("Ann", "likes", "tea", source("a", 0.9, NOON.plusSeconds(20))));
        tell(statement("Ann", "likes", "tea", source("b", 0.9, NOON.plusSeconds(10))));
        assertThat(get(tea.fact()).validFrom()).isEqualTo(NOON.plusSeconds(10));

        var samePlace = tell(statement("Ann", "likes", "tea", source("a", 0.9, NOON)));
        assertThat(samePlace.kind()).isEqualTo(Kind.DUPLICATE);
        assertThat(get(tea.fact())).isEqualTo(samePlace.fact());
        assertThat(get(tea.fact()).validFrom()).isEqualTo(NOON);
        assertThat(get(tea.fact()).sources())
                .extracting(Source::observedAt)
                .containsExactly(NOON, NOON.plusSeconds(10));
        assertThat(holding(NOON)).containsExactly("tea");
    }

    @Test
    void tell_observedEarlierThanWhatItSuperseded_keepsItsPlace() {
        Fact lisbon = home("Lisbon", 0);
        Fact porto = home("Porto", 20);
        home("Faro", 30);

        tell(statement("Ann", "home", "Porto", source("another", 0.9, NOON.plusSeconds(10))));
        assertThat(holding(NOON.plusSeconds(9))).containsExactly("Lisbon");
        assertThat(holding(NOON.plusSeconds(10))).containsExactly("Porto");
        assertThat(holding(NOON.plusSeconds(30))).containsExactly("Faro");
        assertThat(get(lisbon).validTo()).isEqualTo(NOON.plusSeconds(10));

        tell(statement("Ann", "home", "Porto", source("a third", 0.9, NOON)));
        assertThat(get(porto).validFrom()).isEqualTo(NOON.plusSeconds(10));
        assertThat(holding(NOON.plusSeconds(5))).containsExactly("Lisbon");
    }

    @Test
    void tell_observedEarlierWhileAnotherHeldThatHoldsAgain_isSinceThatEnded() {
        home("Lisbon", 0);
        home("Porto", 20);
        home("Lisbon", 30);

        tell(statement("Ann", "home", "Porto", source("another", 0.9, NOON.plusSeconds(10))));

        assertThat(holding(NOON.plusSeconds(15))).containsExactly("Lisbon");
        assertThat(holding(NOON.plusSeconds(25))).containsExactly("Porto");
    }

    @Test
    void tell_atOneTimeTwice_doesNotHoldAgain() {
        home("Lisbon", 0);
        home("Porto", 0);
        home("Lisbon", 0);

        assertThat(holding(NOON)).containsExactly("Porto");
    }

    @Test
    void tell_ofThePast_isPutWhereItBelongs() {
        home("Lisbon", 0);
        home("Faro", 20);
        home("Porto", 10);
        home("Rome", -10);

        assertThat(holding(NOON.minusSeconds(5))).containsExactly("Rome");
        assertThat(holding(NOON.plusSeconds(5))).containsExactly("Lisbon");
        assertThat(holding(NOON.plusSeconds(15))).containsExactly("Porto");
        assertThat(holding(NOON.plusSeconds(25))).containsExactly("Faro");
    }

    /** One after the other, with some that are told again: at every time at most one holds, and in the end one does. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void tellAndDelete_inOrder_oneHoldsAtATime(long seed) {
        var random = new Random(seed);
        tellAndDelete(random, step -> home("place " + random.nextInt(8), 10 * step));
    }

    /** Of any time, each once: the same. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void tellAndDelete_ofAnyTime_oneHoldsAtATime(long seed) {
        var random = new Random(seed);
        tellAndDelete(random, step -> home("place " + step, random.nextInt(500)));
    }

    private void tellAndDelete(Random random, IntFunction<Fact> tell) {
        Set<String> there = new HashSet<>();
        for (int step = 0; step < 50; step++) {
            if (random.nextInt(4) > 0 || there.isEmpty()) {
                there.add(tell.apply(step).id());
            } else {
                String id = there.stream().sorted().toList().get(random.nextInt(there.size()));
                assertThat(facts().delete(scope, id)).isTrue();
                there.remove(id);
            }
            if (step % 5 == 0) {
                for (int second = 5; second <= 500; second += 50) {
                    assertThat(holding(NOON.plusSeconds(second))).hasSizeLessThanOrEqualTo(1);
                }
            }
            assertThat(holding(NOON.plusSeconds(501))).hasSize(there.isEmpty() ? 0 : 1);
            assertThat(all().total()).isEqualTo(there.size());
        }
    }

    @Test
    void tell_moreThanTheMost_isRefusedUnlessItIsThere() {
        var rules = new FactRules(0.8, Set.of(), 2);
        var first = statement("a", "p", "1", source("d", 0.9, NOON));
        facts().tell(scope, first, "a", NOON, rules);
        facts().tell(scope, statement("b", "p", "1", source("d", 0.9, NOON)), "b", NOON, rules);

        assertThat(facts().tell(scope, statement("c", "p", "1", source("d", 0.9, NOON)), "c", NOON, rules))
                .isEqualTo(Outcome.Refused.FULL);
        assertThat(facts().tell(scope, first, "d", NOON, rules)).isInstanceOf(Outcome.Told.class);
        facts().delete(scope, "a");
        assertThat(facts().tell(scope, statement("c", "p", "1", source("d", 0.9, NOON)), "c", NOON, rules))
                .isInstanceOf(Outcome.Told.class);
    }

    @Test
    void query_eachPart_narrows() {
        tell(statement("Ann", "likes", "tea", source("a", 0.8, NOON)));
        tell(statement("Ann", "home", "Lisbon", source("b", 0.9, NOON)));
        tell(statement("Bob", "likes", "TEA", source("a", 0.95, NOON)));
        tell(statement("Bob", "likes", "milk", heard("talk", NOON)));

        assertThat(objects(new FactFilter("ann", null, null, null, null, null, 0, null)))
                .containsExactlyInAnyOrder("tea", "Lisbon");
        assertThat(objects(new FactFilter(null, "Likes", null, null, null, null, 0, null)))
                .containsExactlyInAnyOrder("tea", "TEA", "milk");
        assertThat(objects(new FactFilter(null, null, "tea", null, null, null, 0, null)))
                .containsExactlyInAnyOrder("tea", "TEA");
        assertThat(objects(new FactFilter("BOB", "likes", "tea", null, null, null, 0, null)))
                .containsExactly("TEA");
        assertThat(objects(new FactFilter(null, null, null, "b", null, null, 0, null)))
                .containsExactly("Lisbon");
        assertThat(objects(new FactFilter(null, null, null, "B", null, null, 0, null)))
                .isEmpty();
        assertThat(objects(new FactFilter(null, null, null, null, "talk", null, 0, null)))
                .containsExactly("milk");
        assertThat(objects(new FactFilter(null, null, null, null, null, null, 0.9, null)))
                .containsExactlyInAnyOrder("Lisbon", "TEA", "milk");
        assertThat(objects(new FactFilter(null, null, null, null, null, "nobody", 0, null)))
                .isEmpty();
    }

    private List<String> objects(FactFilter filter) {
        var found = facts().query(scope, filter, null, 100);
        assertThat(found.total()).isEqualTo(found.facts().size());
        return found.facts().stream().map(fact -> fact.triple().object()).toList();
    }

    @Test
    void query_pageByPage_givesEachOnceTheLastFirst() {
        for (int i = 0; i < 25; i++) {
            tell(statement("s" + i, "p", "o", source("d", 0.9, NOON)), NOON.plusSeconds(i / 5)); // ties
        }
        var seen = new ArrayList<Fact>();
        @Nullable Place after = null;
        while (true) {
            var page = facts().query(scope, FactFilter.ALL, after, 4);
            assertThat(page.total()).isEqualTo(25);
            if (page.facts().isEmpty()) {
                break;
            }
            seen.addAll(page.facts());
            after = Place.of(page.facts().getLast());
        }
        assertThat(seen).hasSize(25).doesNotHaveDuplicates();
        for (int i = 1; i < seen.size(); i++) {
            assertThat(Place.of(seen.get(i - 1)).isBefore(seen.get(i))).isTrue();
        }
    }

    @Test
    void forget_conversation_takesWhatOnlyItVouchesFor() {
        var talk = new ConversationKey(scope, "talk");
        Fact lisbon = home("Lisbon", 0);
        tell(statement("Ann", "home", "Porto", heard("talk", NOON.plusSeconds(10))));
        var tea = tell(statement("Ann", "likes", "tea", heard("talk", NOON)));
        tell(statement("Ann", "likes", "tea", source("a", 0.8, NOON)));
        tell(statement("Ann", "likes", "milk", heard("other", NOON)));
        facts().noteReadThrough(talk, 12);
        assertThat(facts().readThrough(talk)).isEqualTo(12);

        assertThat(facts().forget(talk)).isEqualTo(2);

        assertThat(facts().readThrough(talk)).isZero();
        assertThat(holding(NOON.plusSeconds(20))).containsExactlyInAnyOrder("Lisbon", "tea", "milk");
        assertThat(get(tea.fact()).sources()).extracting(Source::document).containsExactly("a");
        assertThat(get(tea.fact()).confidence()).isEqualTo(0.8);
        assertThat(get(lisbon).validTo()).isNull();
        assertThat(facts().query(scope, FactFilter.ofConversation("talk", NOON), null, 10)
                        .total())
                .isZero();
        assertThat(facts().forget(talk)).isZero();
        assertThat(facts().forget(new ConversationKey(new Scope("nobody", "x"), "talk")))
                .isZero();
    }

    @Test
    void tell_afterForgetting_isNew() {
        tell(statement("Ann", "likes", "tea", heard("talk", NOON)));
        facts().forget(new ConversationKey(scope, "talk"));

        assertThat(tell(statement("Ann", "likes", "tea", heard("talk", NOON))).kind())
                .isEqualTo(Kind.NEW);
    }

    @Test
    void archive_movedToAnotherScope_isTheSameToTheLetter() {
        home("Lisbon", 0);
        home("Porto", 10);
        tell(statement("Ann", "home", "Lisbon", source("c", 0.9, NOON.plusSeconds(20))));
        tell(new Statement(
                Holder.of("u"),
                new Triple("user", "likes", "tea"),
                "drink",
                new Source(Origin.GIVEN, "d", new SourceAnchor("x", null, "r", null), "talk", 1, NOON)));
        var moved = new Scope(scope.tenant(), "moved");
        var told = new ArrayList<Fact>();
        archive().each((of, fact) -> {
            if (of.equals(scope)) {
                told.add(fact);
            }
        });
        assertThat(told).hasSize(3);

        assertThat(told).allMatch(fact -> archive().add(moved, fact) == Tallies.Outcome.ADDED);
        assertThat(told).allMatch(fact -> archive().add(moved, fact) == Tallies.Outcome.THERE);

        assertThat(facts().query(moved, FactFilter.ALL, null, 10).facts()).isEqualTo(all().facts());
        var changed = statement("Ann", "home", "Rome", source("c", 0.9, NOON.plusSeconds(30)));
        facts().tell(moved, changed, "new", NOON.plusSeconds(30), FactRules.DEFAULT);
        assertThat(told.stream().map(fact -> archive().add(moved, fact))).contains(Tallies.Outcome.CONFLICT);
        assertThat(requireNonNull(facts().find(moved, "new")).supersedes()).isNotNull();
    }

    @Test
    void tell_manyAtOnce_eachFactOnceWithAllItsSources() throws Exception {
        int many = raced();
        var kinds = new ConcurrentHashMap<Kind, AtomicInteger>();
        race(64, thread -> {
            for (int i = 0; i < many; i++) {
                int which = (i + thread * 7) % many;
                var told = statement(
                        "subject " + which, "predicate", "object", source("document " + thread % 4, 0.8, NOON));
                if (facts().tell(scope, told, thread + "-" + which, NOON, FactRules.DEFAULT)
                        instanceof Outcome.Told(var telling)) {
                    kinds.computeIfAbsent(telling.kind(), _ -> new AtomicInteger())
                            .incrementAndGet();
                }
            }
        });

        var found = facts().query(scope, FactFilter.ALL, null, many + 1);
        assertThat(found.total()).isEqualTo(many);
        assertThat(found.facts()).allMatch(fact -> fact.sources().size() == 4);
        assertThat(requireNonNull(kinds.get(Kind.NEW)).get()).isEqualTo(many);
        assertThat(requireNonNull(kinds.get(Kind.CORROBORATED)).get()).isEqualTo(3 * many);
        assertThat(requireNonNull(kinds.get(Kind.DUPLICATE)).get()).isEqualTo(60 * many);
    }

    @Test
    void tell_manyOfOneSlotAtOnce_oneHoldsAndAllAreLinked() throws Exception {
        race(8, thread -> {
            for (int i = 0; i < 10; i++) {
                home("place " + thread + "-" + i, i);
            }
        });

        assertThat(all().total()).isEqualTo(80);
        assertThat(holding(NOON.plusSeconds(100))).hasSize(1);
        assertThat(all().facts().stream().filter(fact -> fact.supersedes() == null))
                .hasSize(1);
        assertThat(all().facts().stream().filter(fact -> fact.supersededBy() == null))
                .hasSize(1);
    }

    private interface Runner {
        void run(int thread);
    }

    private static void race(int threads, Runner runner) throws InterruptedException, ExecutionException {
        try (var executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            IntStream.range(0, threads).forEach(thread -> running.add(executor.submit(() -> runner.run(thread))));
            for (Future<?> each : running) {
                each.get();
            }
        }
    }
}
