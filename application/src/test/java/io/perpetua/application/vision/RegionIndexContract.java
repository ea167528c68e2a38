package io.perpetua.application.vision;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.memory.FakeEmbedder;
import io.perpetua.application.vision.RegionIndex.Indexed;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.RegionFilter;
import io.perpetua.domain.vision.RegionId;
import io.perpetua.domain.vision.RegionRanker;
import io.perpetua.domain.vision.RegionRanker.Ranked;
import io.perpetua.domain.vision.RegionSignals;
import io.perpetua.domain.vision.RegionType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link RegionIndex} owes those who search it. */
public abstract class RegionIndexContract {

    private static final String ONE = "doc_" + "1".repeat(32);
    private static final String TWO = "doc_" + "2".repeat(32);

    /** Shared indexes need no cleaning. */
    private final Scope scope = new Scope("tenant " + UUID.randomUUID(), "default");

    private final Scope other = new Scope(scope.tenant(), "other");
    private final FakeEmbedder embedder = new FakeEmbedder();

    /** An index whose vectors are as long as those of {@link FakeEmbedder}. */
    protected abstract RegionIndex index();

    private Indexed region(int ordinal, RegionType type, String text) {
        return new Indexed(ordinal, type, text, embedder.embedPassage(text));
    }

    private Indexed region(int ordinal, String text) {
        return region(ordinal, RegionType.TEXT, text);
    }

    private void put(String document, int page, String... texts) {
        var regions = new ArrayList<Indexed>();
        for (String text : texts) {
            regions.add(region(regions.size(), text));
        }
        index().put(scope, document, page, regions);
    }

    private RegionSignals search(RegionFilter filter, String query) {
        return index().search(scope, filter, query, embedder.embedQuery(query));
    }

    private List<RegionId> best(String query) {
        return RegionRanker.best(search(RegionFilter.ALL, query), 50).stream()
                .map(Ranked::id)
                .toList();
    }

    private static RegionId id(String document, int page, int ordinal) {
        return new RegionId(document, page, ordinal);
    }

    @Test
    void search_nothingPut_findsNothing() {
        assertThat(search(RegionFilter.ALL, "harbour").regions()).isEmpty();
        assertThat(index().search(scope, RegionFilter.ALL, "", null).regions()).isEmpty();
    }

    @Test
    void search_justPut_findsByWordsAndMeaning() {
        put(ONE, 1, "harbour lantern", "copper valve");
        put(TWO, 3, "valve spring");

        var found = search(RegionFilter.ALL, "valve");

        assertThat(best("valve").subList(0, 2)).containsExactlyInAnyOrder(id(ONE, 1, 1), id(TWO, 3, 0));
        int row = found.regions().indexOf(id(TWO, 3, 0));
        assertThat(found.words()[row]).isPositive();
        assertThat(found.meaning()[row]).isBetween(0.6f, 0.8f);
        assertThat(found.matched(row)).hasSize(1);
        int without = found.regions().indexOf(id(ONE, 1, 0));
        if (without >= 0) {
            assertThat(found.words()[without]).isZero();
            assertThat(found.matched(without)).isEmpty();
        }
    }

    @Test
    void search_pageThatHasMoreOfTheQuery_speaksForItsRegions() {
        put(ONE, 1, "pressure table", "unrelated words");
        put(ONE, 2, "pressure table", "the turbine of the mill");

        var found = search(RegionFilter.ALL, "turbine pressure");

        assertThat(found.page()[found.regions().indexOf(id(ONE, 2, 0))])
                .isGreaterThan(found.page()[found.regions().indexOf(id(ONE, 1, 0))]);
        assertThat(best("turbine pressure")).element(0).isIn(id(ONE, 2, 1), id(ONE, 2, 0));
    }

    @Test
    void search_noVector_leavesMeaningUnknown() {
        put(ONE, 1, "harbour lantern");

        var found = index().search(scope, RegionFilter.ALL, "lantern", null);

        assertThat(found.regions()).containsExactly(id(ONE, 1, 0));
        assertThat(found.meaning()).containsOnly(Float.NaN);
    }

    @Test
    void search_regionWithoutVectorsOrWords_harmsNobody() {
        index().put(
                        scope,
                        ONE,
                        1,
                        List.of(
                                new Indexed(0, RegionType.FIGURE, "", List.of()),
                                new Indexed(1, RegionType.TEXT, "lantern", List.of())));

        assertThat(best("lantern")).containsExactly(id(ONE, 1, 1));
    }

    @Test
    void search_filtered_looksAtThoseAlone() {
        index().put(scope, ONE, 1, List.of(region(0, RegionType.TABLE, "valve a"), region(1, "valve b")));
        index().put(scope, ONE, 2, List.of(region(0, RegionType.CODE, "valve c")));
        put(TWO, 2, "valve d");

        assertThat(search(new RegionFilter(Set.of(ONE), null, 1, Integer.MAX_VALUE), "valve")
                        .regions())
                .containsExactlyInAnyOrder(id(ONE, 1, 0), id(ONE, 1, 1), id(ONE, 2, 0));
        assertThat(search(new RegionFilter(null, Set.of(RegionType.TABLE, RegionType.CODE), 1, 9), "valve")
                        .regions())
                .containsExactlyInAnyOrder(id(ONE, 1, 0), id(ONE, 2, 0));
        assertThat(search(new RegionFilter(null, null, 2, 2), "valve").regions())
                .containsExactlyInAnyOrder(id(ONE, 2, 0), id(TWO, 2, 0));
        assertThat(search(new RegionFilter(Set.of(TWO), Set.of(RegionType.TABLE), 1, 9), "valve")
                        .regions())
                .isEmpty();
        assertThat(search(new RegionFilter(Set.of(), null, 1, 9), "valve").regions())
                .isEmpty();
    }

    @Test
    void search_otherScopes_haveNoPartInIt() {
        put(ONE, 1, "harbour lantern", "copper valve");
        var alone = search(RegionFilter.ALL, "valve");

        index().put(other, ONE, 1, List.of(region(0, "valve valve valve")));
        index().put(other, TWO, 1, List.of(region(0, "lantern")));

        var together = search(RegionFilter.ALL, "valve");
        assertThat(together.regions()).isEqualTo(alone.regions());
        assertThat(together.words()).isEqualTo(alone.words());
        assertThat(index().search(other, RegionFilter.ALL, "lantern", null).regions())
                .doesNotContain(id(ONE, 1, 1));
    }

    @Test
    void put_pageAgain_replacesIt() {
        put(ONE, 1, "harbour", "lantern");
        put(ONE, 2, "meadow");
        put(ONE, 1, "valve");

        assertThat(search(RegionFilter.ALL, "lantern").terms()).isEmpty();
        assertThat(best("valve")).element(0).isEqualTo(id(ONE, 1, 0));
        assertThat(best("meadow")).element(0).isEqualTo(id(ONE, 2, 0));
    }

    @Test
    void erase_afterAPage_keepsThoseBefore() {
        for (int page = 1; page <= 3; page++) {
            put(ONE, page, "valve");
        }
        put(TWO, 3, "valve");

        index().erase(scope, ONE, 2);
        index().flush();

        assertThat(best("valve")).containsExactlyInAnyOrder(id(ONE, 1, 0), id(ONE, 2, 0), id(TWO, 3, 0));
    }

    @Test
    void erase_whole_leavesTheOthers() {
        put(ONE, 1, "valve");
        put(TWO, 1, "valve");

        index().erase(scope, ONE, 0);

        assertThat(best("valve")).containsExactly(id(TWO, 1, 0));
        index().erase(scope, TWO, 0);
        index().flush();
        assertThat(search(RegionFilter.ALL, "valve").regions()).isEmpty();
    }

    @Test
    void rebuild_newIndex_isWantedUntilItIsDone() {
        index().needsRebuild();
        index().rebuilt();

        assertThat(index().needsRebuild()).isFalse();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void search_manyRegions_findsTheOneThatHasAllWords(long seed) {
        var random = new Random(seed);
        for (int page = 1; page <= 40; page++) {
            var texts = new String[5];
            for (int i = 0; i < texts.length; i++) {
                texts[i] = words(random);
            }
            put(page % 2 == 0 ? ONE : TWO, page, texts);
        }
        put(ONE, 41, words(random), "zinc " + words(random) + " ytterbium", words(random));

        assertThat(best("zinc ytterbium")).element(0).isEqualTo(id(ONE, 41, 1));
    }

    private static String words(Random random) {
        var words = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            words.append("word").append(random.nextInt(200)).append(' ');
        }
        return words.toString();
    }
}
