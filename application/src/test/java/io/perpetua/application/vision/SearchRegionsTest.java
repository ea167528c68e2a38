package io.perpetua.application.vision;

import static io.perpetua.application.World.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.memory.PlainWords;
import io.perpetua.application.vision.SearchRegions.Found;
import io.perpetua.application.vision.SearchRegions.Hit;
import io.perpetua.application.vision.SearchRegions.Query;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.RegionFilter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SearchRegionsTest {

    private final DocumentFolder folder = new DocumentFolder();

    private Found search(String text, int most, RegionFilter filter, Map<String, String> metadata) {
        return folder.search.search(new Query(SCOPE, text, most, filter, metadata));
    }

    private List<Hit> hits(String text) {
        return search(text, 9, RegionFilter.ALL, Map.of()).hits();
    }

    private static List<String> texts(Found found) {
        return found.hits().stream().map(hit -> hit.region().region().text()).toList();
    }

    @Test
    void search_reasons_nameTheWordsAndTheSimilarity() {
        folder.read(SCOPE, "the harbour lantern burns\n\nsomething else", Map.of());

        assertThat(hits("Where does the Lantern of a HARBOUR burn?").getFirst().why())
                .matches("matches \"the\", \"Lantern\", \"HARBOUR\"; similarity 0\\.\\d\\d");
    }

    @Test
    void search_noEmbedder_goesByWords() {
        folder.read(SCOPE, "harbour lantern\n\nmeadow", Map.of());
        var byWords = new SearchRegions(folder.documents, folder.index, null, new MatchingWords(PlainWords.INSTANCE));

        var found = byWords.search(new Query(SCOPE, "lantern", 9, RegionFilter.ALL, Map.of()));

        assertThat(texts(found)).containsExactly("harbour lantern");
        assertThat(found.hits().getFirst().why()).isEqualTo("matches \"lantern\"");
        assertThat(found.degraded()).isEmpty();
    }

    @Test
    void search_embedderAway_saysSo() {
        folder.read(SCOPE, "harbour lantern", Map.of());
        folder.embedder.goAway();

        var found = search("lantern", 9, RegionFilter.ALL, Map.of());

        assertThat(texts(found)).containsExactly("harbour lantern");
        assertThat(found.degraded()).containsExactly("embedder");
    }

    @Test
    void search_most_givesTheBest() {
        folder.read(SCOPE, "lantern lantern lantern\n\nlantern and meadow and more\n\nmeadow", Map.of());

        assertThat(texts(search("lantern", 1, RegionFilter.ALL, Map.of()))).containsExactly("lantern lantern lantern");
    }

    @Test
    void search_metadata_looksIntoTheDocumentsThatHaveIt() {
        String one = folder.read(SCOPE, "lantern one", Map.of("year", "2026", "a", "\"x\""));
        String two = folder.read(SCOPE, "lantern two", Map.of("year", "\"2026\""));
        folder.read(SCOPE, "lantern three", Map.of());

        assertThat(texts(search("lantern", 9, RegionFilter.ALL, Map.of("year", "2026"))))
                .containsExactly("lantern one");
        assertThat(texts(search("lantern", 9, RegionFilter.ALL, Map.of("year", "\"2026\""))))
                .containsExactly("lantern two");
        assertThat(texts(search("lantern", 9, RegionFilter.ALL.within(Set.of(two)), Map.of("year", "2026"))))
                .isEmpty();
        assertThat(texts(search("lantern", 9, RegionFilter.ALL.within(Set.of(one, two)), Map.of("a", "\"x\""))))
                .containsExactly("lantern one");
    }

    @Test
    void search_nothingInCommon_findsNothing() {
        folder.read(SCOPE, "harbour lantern", Map.of());

        assertThat(hits("zebra")).isEmpty();
        assertThat(folder.search
                        .search(new Query(new Scope("local", "other"), "lantern", 9, RegionFilter.ALL, Map.of()))
                        .hits())
                .isEmpty();
    }
}
