package io.perpetua.application.vision;

import static java.util.Objects.requireNonNull;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.memory.EmbedderUnavailable;
import io.perpetua.application.memory.IndexUnavailable;
import io.perpetua.application.memory.QuestionVectors;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.Document;
import io.perpetua.domain.vision.KeptRegion;
import io.perpetua.domain.vision.RegionFilter;
import io.perpetua.domain.vision.RegionId;
import io.perpetua.domain.vision.RegionRanker;
import io.perpetua.domain.vision.RegionRanker.Ranked;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Use case: find the regions that bear on a query. Reads only. Safe for concurrent use. */
public final class SearchRegions {

    /** What a report calls an embedder that is missing or too slow. */
    private static final String EMBEDDER = "embedder";

    private static final int PAGE = 500;

    /** Regions that are looked up beyond those wanted, for those that have just been erased. */
    private static final int SPARE = 8;

    private final Documents documents;
    private final RegionIndex index;
    private final @Nullable QuestionVectors questions;
    private final MatchingWords words;

    /**
     * Searches.
     *
     * @param questions null to search by words only
     */
    public SearchRegions(
            Documents documents, RegionIndex index, @Nullable QuestionVectors questions, MatchingWords words) {
        this.documents = documents;
        this.index = index;
        this.questions = questions;
        this.words = words;
    }

    /**
     * What is looked for.
     *
     * @param most regions, at least 1
     * @param metadata what the documents' metadata must have, as {@link Document#metadata} writes it
     */
    public record Query(Scope scope, String text, int most, RegionFilter filter, Map<String, String> metadata) {

        public Query {
            metadata = Map.copyOf(metadata);
        }
    }

    /**
     * A region that bears on it.
     *
     * @param score higher is better; 0 is the average of those looked at
     * @param bears whether it has to do with the query at all, and is not only the best there is
     * @param why what speaks for it, in words
     */
    public record Hit(KeptRegion region, double score, boolean bears, String why) {}

    /**
     * What was found.
     *
     * @param hits the best first
     * @param degraded what was missing
     */
    public record Found(List<Hit> hits, List<String> degraded) {

        public Found {
            hits = List.copyOf(hits);
            degraded = List.copyOf(degraded);
        }
    }

    /**
     * Searches a scope.
     *
     * @throws IndexUnavailable when the index does not answer
     * @throws StoreUnavailable when the store does not
     */
    public Found search(Query query) {
        return search(query, filter(query));
    }

    /**
     * Searches what may be quoted in a conversation: the documents that belong to it or to none, whatever metadata they have.
     *
     * @throws IndexUnavailable when the index does not answer
     * @throws StoreUnavailable when the store does not
     */
    public Found searchFor(String conversation, Query query) {
        var open = new HashSet<String>();
        var closed = new HashSet<String>();
        forEach(query, each -> (each.isOpenTo(conversation) ? open : closed).add(each.id()));
        return search(query, closed.isEmpty() ? query.filter() : query.filter().within(open));
    }

    private Found search(Query query, RegionFilter filter) {
        if (filter.documents() != null && filter.documents().isEmpty()) {
            return new Found(List.of(), List.of());
        }
        var degraded = new ArrayList<String>();
        var signals = index.search(query.scope(), filter, query.text(), vector(query.text(), degraded));
        var ranked = RegionRanker.best(signals, query.most() + SPARE);
        var kept = new HashMap<RegionId, KeptRegion>();
        documents
                .regions(query.scope(), ranked.stream().map(Ranked::id).toList())
                .forEach(region -> kept.put(region.id(), region));
        var surfaces = words.of(query.text());
        var hits = ranked.stream()
                .filter(each -> kept.containsKey(each.id()))
                .limit(query.most())
                .map(each -> hit(kept, each, surfaces))
                .toList();
        return new Found(hits, degraded);
    }

    private static Hit hit(Map<RegionId, KeptRegion> kept, Ranked ranked, Map<String, String> surfaces) {
        var region = requireNonNull(kept.get(ranked.id()));
        return new Hit(region, ranked.score(), ranked.bears(), Reasons.of(ranked, surfaces));
    }

    private float @Nullable [] vector(String text, List<String> degraded) {
        if (questions == null) {
            return null;
        }
        try {
            return questions.of(text);
        } catch (EmbedderUnavailable e) {
            degraded.add(EMBEDDER);
            return null;
        }
    }

    /** The filter, with the documents that have the metadata asked for. */
    private RegionFilter filter(Query query) {
        if (query.metadata().isEmpty()) {
            return query.filter();
        }
        var having = new HashSet<String>();
        forEach(query, each -> {
            if (each.metadata().entrySet().containsAll(query.metadata().entrySet())) {
                having.add(each.id());
            }
        });
        return query.filter().within(having);
    }

    /** Goes through the documents that the filter names, or through all. */
    private void forEach(Query query, Consumer<Document> each) {
        Set<String> named = query.filter().documents();
        if (named != null) {
            named.stream()
                    .map(id -> documents.find(query.scope(), id))
                    .filter(Objects::nonNull)
                    .forEach(each);
            return;
        }
        var some = documents.list(query.scope(), null, PAGE);
        while (!some.isEmpty()) {
            some.forEach(each);
            some = documents.list(query.scope(), some.getLast().id(), PAGE);
        }
    }
}
