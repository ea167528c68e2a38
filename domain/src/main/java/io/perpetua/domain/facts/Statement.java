package io.perpetua.domain.facts;

import org.jspecify.annotations.Nullable;

/**
 * A fact as one source tells it.
 *
 * @param datatype what the object is, in the source's words
 * @param dated whether the source says itself when it was so; otherwise that is when it was told
 */
public record Statement(
        Holder holder, Triple triple, @Nullable String datatype, Source source, boolean dated) {

    /** One whose source says when it was so. */
    public Statement(Holder holder, Triple triple, @Nullable String datatype, Source source) {
        this(holder, triple, datatype, source, true);
    }

    /** A digest of holder and triple: two statements that have it in common tell one fact. */
    public String identity() {
        return Triple.digest(
                holder.key(),
                Triple.normal(triple.subject()),
                Triple.normal(triple.predicate()),
                Triple.normal(triple.object()));
    }

    /** A digest of holder, subject and predicate: what at most one object of a single-valued predicate has at a time. */
    public String slot() {
        return Triple.digest(holder.key(), Triple.normal(triple.subject()), Triple.normal(triple.predicate()));
    }
}
