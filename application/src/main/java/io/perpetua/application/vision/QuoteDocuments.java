package io.perpetua.application.vision;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.memory.IndexUnavailable;
import io.perpetua.application.vision.SearchRegions.Hit;
import io.perpetua.application.vision.SearchRegions.Query;
import io.perpetua.domain.context.Quotation;
import io.perpetua.domain.context.Sections;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.memory.Clipping;
import io.perpetua.domain.tokens.TokenCounter;
import io.perpetua.domain.vision.RegionFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Use case: find what in a client's documents bears on a message, as much as a share holds. Safe for concurrent use. */
public final class QuoteDocuments {

    /** What a report calls documents that cannot be looked into. */
    private static final String DOCUMENTS = "documents";

    /** Most tokens of one region; of a longer one the sentences are shown that bear on the message. */
    private static final int LONGEST = 500;

    private final SearchRegions search;
    private final Documents documents;
    private final TokenCounter counter;
    private final LongSupplier nanos;
    private final boolean enabled;

    /**
     * Looks into {@code documents}.
     *
     * @param nanos a clock for durations, such as {@code System::nanoTime}
     * @param enabled whether documents are looked into at all
     */
    public QuoteDocuments(
            SearchRegions search, Documents documents, TokenCounter counter, LongSupplier nanos, boolean enabled) {
        this.search = search;
        this.documents = documents;
        this.counter = counter;
        this.nanos = nanos;
        this.enabled = enabled;
    }

    /**
     * What bears on {@code message} in the documents that belong to the conversation or to none; without documents and
     * without a search where {@code choice} is null.
     */
    public Quotes find(ConversationKey conversation, @Nullable DocumentChoice choice, String message) {
        if (choice == null || message.isBlank()) {
            return Quotes.NONE;
        }
        if (!enabled || choice.off()) {
            return new Quotes(List.of(), Map.of(), message, counter, List.of(DOCUMENTS), 0);
        }
        long start = nanos.getAsLong();
        var scope = conversation.scope();
        var filter = choice.documents() == null ? RegionFilter.ALL : RegionFilter.ALL.within(choice.documents());
        var degraded = new ArrayList<String>();
        List<Hit> hits = List.of();
        var titles = new HashMap<String, String>();
        try {
            var found = search.searchFor(conversation.id(), new Query(scope, message, choice.most(), filter, Map.of()));
            var bearing = found.hits().stream().filter(Hit::bears).toList();
            degraded.addAll(found.degraded());
            for (var hit : bearing) {
                titles.computeIfAbsent(hit.region().document(), id -> title(conversation, id));
            }
            hits = bearing.stream()
                    .filter(hit -> titles.containsKey(hit.region().document()))
                    .toList();
        } catch (IndexUnavailable | StoreUnavailable e) {
            degraded.add(DOCUMENTS);
        }
        long took = Duration.ofNanos(nanos.getAsLong() - start).toMillis();
        return new Quotes(hits, titles, message, counter, degraded, took);
    }

    /** Null where the document has gone meanwhile, or belongs to another conversation now. */
    private @Nullable String title(ConversationKey conversation, String id) {
        var document = documents.find(conversation.scope(), id);
        return document == null || !document.isOpenTo(conversation.id()) ? null : document.title();
    }

    /** What was found for one message, from which more or less can be shown. */
    public static final class Quotes {

        private static final Quotes NONE = new Quotes(List.of(), Map.of(), "", text -> 0, List.of(), 0);

        private final List<Hit> hits;
        private final Map<String, String> titles;
        private final String message;
        private final TokenCounter counter;
        private final List<String> degraded;
        private final long latencyMs;

        private Quotes(
                List<Hit> hits,
                Map<String, String> titles,
                String message,
                TokenCounter counter,
                List<String> degraded,
                long latencyMs) {
            this.hits = List.copyOf(hits);
            this.titles = Map.copyOf(titles);
            this.message = message;
            this.counter = counter;
            this.degraded = List.copyOf(degraded);
            this.latencyMs = latencyMs;
        }

        /** What was missing. */
        public List<String> degraded() {
            return degraded;
        }

        public long latencyMs() {
            return latencyMs;
        }

        /**
         * As a section of at most {@code tokens}. The best come first; one that does not fit is passed over, so that a
         * smaller one gets its chance.
         */
        public Shown within(int tokens) {
            var shown = new ArrayList<Quotation>();
            var leftOut = new ArrayList<String>();
            for (Hit hit : hits) {
                var quotation = quotation(hit);
                shown.add(quotation);
                if (quotation.text().isBlank() || counter.count(section(shown)) > tokens) {
                    shown.removeLast();
                    leftOut.add(hit.region().id().wire());
                }
            }
            return new Shown(section(shown), leftOut);
        }

        private Quotation quotation(Hit hit) {
            var region = hit.region();
            String text = region.region().text();
            return new Quotation(
                    region.id(),
                    titles.getOrDefault(region.document(), ""),
                    region.region().type(),
                    region.tokens() <= LONGEST ? text : Clipping.of(text, message, LONGEST, counter));
        }

        private static String section(List<Quotation> shown) {
            return Sections.documents(shown.stream()
                    .sorted(Comparator.comparing(Quotation::region))
                    .toList());
        }
    }

    /**
     * What is shown.
     *
     * @param section the text, empty for nothing
     * @param leftOut the regions that did not fit, the best first
     */
    public record Shown(String section, List<String> leftOut) {

        public Shown {
            leftOut = List.copyOf(leftOut);
        }
    }
}
