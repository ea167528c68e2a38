package io.perpetua.domain.facts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * Confidence is a noisy-or: with witnesses who err independently, a fact is wrong only if all of them are, so
 * c = 1 - Π (1 - c of a witness). Places in one document are no independent witnesses; of those the surest counts.
 * Since products and maxima do not depend on the order, neither does what comes of statements that arrive at once.
 */
/**
 * One fact: a triple with all who vouch for it.
 *
 * @param id unique within its scope
 * @param triple as it was put first
 * @param datatype as it was told first
 * @param sources those who vouch for it, the first first; at least one, at most {@value #MOST_SOURCES}
 * @param recordedAt when it was kept first
 * @param validFrom since when it holds, or held last
 * @param validTo until when, exclusively; null while it holds
 * @param earlier the times before that in which it held, ascending; at most {@value #MOST_SPANS}, the latest
 * @param supersedes the id of the fact that it took the place of
 * @param supersededBy the id of the fact that took its place
 */
public record Fact(
        String id,
        Holder holder,
        Triple triple,
        @Nullable String datatype,
        List<Source> sources,
        Instant recordedAt,
        Instant validFrom,
        @Nullable Instant validTo,
        List<Span> earlier,
        @Nullable String supersedes,
        @Nullable String supersededBy) {

    /** Most sources of a fact; further ones are not kept, and do not make it surer. */
    public static final int MOST_SOURCES = 64;

    static final int MOST_SPANS = 16;

    public Fact {
        sources = List.copyOf(sources);
        earlier = List.copyOf(earlier);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("nobody vouches for the fact");
        }
    }

    /** A fact that nobody told before. */
    static Fact first(Statement told, String id, Instant now) {
        return new Fact(
                id,
                told.holder(),
                told.triple(),
                told.datatype(),
                List.of(told.source()),
                now,
                told.source().observedAt(),
                null,
                List.of(),
                null,
                null);
    }

    /** How sure it is, by all who vouch for it, in [0, 1]. */
    public double confidence() {
        Map<String, Double> surest = new HashMap<>();
        sources.forEach(source -> surest.merge(source.witness(), source.confidence(), Math::max));
        if (surest.size() == 1) {
            return surest.values().iterator().next(); // to the last bit
        }
        return 1
                - surest.values().stream()
                        .map(confidence -> 1 - confidence)
                        .sorted()
                        .reduce(1.0, (one, other) -> one * other);
    }

    /** When it was observed first. */
    public Instant observedAt() {
        return sources.stream().map(Source::observedAt).min(Instant::compareTo).orElseThrow();
    }

    /** As its first source tells it. */
    public Statement statement() {
        return new Statement(holder, triple, datatype, sources.getFirst());
    }

    /** Whether it held at {@code at}. */
    public boolean heldAt(Instant at) {
        return (!at.isBefore(validFrom) && (validTo == null || at.isBefore(validTo)))
                || earlier.stream().anyMatch(span -> span.contains(at));
    }

    /** Whether anybody vouches for it who was heard in {@code conversation}. */
    public boolean isOf(String conversation) {
        return sources.stream().anyMatch(source -> conversation.equals(source.conversation()));
    }

    /** The same with one more who vouches for it; itself where that changes nothing. */
    Fact vouchedForBy(Source source) {
        var all = new ArrayList<Source>();
        boolean known = false;
        for (Source each : sources) {
            boolean same = each.isSameAs(source);
            all.add(same ? each.with(source) : each);
            known |= same;
        }
        if (!known && all.size() < MOST_SOURCES) {
            all.add(source);
        }
        return all.equals(sources) ? this : withSources(all);
    }

    /** The one of its sources that is the same place of the same witness as {@code source}, null where none is. */
    @Nullable
    Source at(Source source) {
        return sources.stream()
                .filter(each -> each.isSameAs(source))
                .findFirst()
                .orElse(null);
    }

    /** Whether the witness of {@code source} has not told it yet. */
    boolean isNewTo(Source source) {
        return sources.stream().noneMatch(each -> each.witness().equals(source.witness()));
    }

    /** The same without what was heard in {@code conversation}; null where nobody vouches for it then. */
    public @Nullable Fact without(String conversation) {
        var left = sources.stream()
                .filter(source -> !conversation.equals(source.conversation()))
                .toList();
        return left.isEmpty() ? null : withSources(left);
    }

    private Fact withSources(List<Source> others) {
        return new Fact(
                id,
                holder,
                triple,
                datatype,
                others,
                recordedAt,
                validFrom,
                validTo,
                earlier,
                supersedes,
                supersededBy);
    }

    Fact valid(Instant from, @Nullable Instant to) {
        return new Fact(id, holder, triple, datatype, sources, recordedAt, from, to, earlier, supersedes, supersededBy);
    }

    /** The end of the last earlier time that ends after {@code from} and through {@code to}; {@code from} where none does. */
    Instant endOfSpans(Instant from, Instant to) {
        Instant end = from;
        for (Span span : earlier) {
            end = span.to().isAfter(end) && !span.to().isAfter(to) ? span.to() : end;
        }
        return end;
    }

    /** Whether a time in which it held ended at {@code at}. */
    boolean endedAt(Instant at) {
        return at.equals(validTo) || earlier.stream().anyMatch(span -> span.to().equals(at));
    }

    /** The same, of which the time that ended where {@code time} begins ends where that does. */
    Fact extended(Span time) {
        if (time.from().equals(validTo)) {
            return valid(validFrom, time.to());
        }
        return withEarlier(
                validFrom,
                earlier.stream()
                        .map(span -> span.to().equals(time.from()) ? new Span(span.from(), time.to()) : span)
                        .toList());
    }

    /**
     * The same with its last times as one where they meet.
     *
     * @param least it begins at no earlier time than this, null for any
     */
    Fact joined(@Nullable Instant least) {
        Span last = earlier.isEmpty() ? null : earlier.getLast();
        if (last == null
                || !last.to().equals(validFrom)
                || (least != null && last.from().isBefore(least))) {
            return this;
        }
        return withEarlier(last.from(), earlier.subList(0, earlier.size() - 1));
    }

    private Fact withEarlier(Instant from, List<Span> spans) {
        return new Fact(
                id, holder, triple, datatype, sources, recordedAt, from, validTo, spans, supersedes, supersededBy);
    }

    Fact linked(@Nullable String before, @Nullable String after) {
        return new Fact(id, holder, triple, datatype, sources, recordedAt, validFrom, validTo, earlier, before, after);
    }

    /** The same, which holds again from {@code at} on. */
    Fact again(Instant at) {
        var spans = new ArrayList<>(earlier);
        if (validTo != null && validFrom.isBefore(validTo)) {
            spans.add(new Span(validFrom, validTo));
        }
        var latest = spans.subList(Math.max(0, spans.size() - MOST_SPANS), spans.size());
        return new Fact(id, holder, triple, datatype, sources, recordedAt, at, null, latest, null, null);
    }

    /** Tells of what is said no more than its length: it may get into logs. */
    @Override
    public String toString() {
        return "Fact[" + id + ", " + triple + "]";
    }
}
