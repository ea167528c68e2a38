package io.perpetua.domain.vision;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which regions of a scope are looked at.
 *
 * @param documents those of these documents; null for those of all
 * @param types those of these types; null for those of all
 * @param firstPage those from this page on, from 1
 * @param lastPage those up to this page
 */
public record RegionFilter(
        @Nullable Set<String> documents, @Nullable Set<RegionType> types, int firstPage, int lastPage) {

    public static final RegionFilter ALL = new RegionFilter(null, null, 1, Integer.MAX_VALUE);

    public RegionFilter {
        documents = documents == null ? null : Set.copyOf(documents);
        types = types == null ? null : Set.copyOf(types);
    }

    /** The same within these documents only. */
    public RegionFilter within(Set<String> others) {
        return new RegionFilter(others, types, firstPage, lastPage);
    }

    /** Whether a region passes. */
    public boolean passes(String document, int page, RegionType type) {
        return (documents == null || documents.contains(document))
                && (types == null || types.contains(type))
                && page >= firstPage
                && page <= lastPage;
    }
}
