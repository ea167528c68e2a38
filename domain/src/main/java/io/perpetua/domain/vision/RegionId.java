package io.perpetua.domain.vision;

import java.util.Comparator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names a region by where it is, so that a document that is read again has the same. Ordered as documents are read.
 *
 * @param document its document's id
 * @param page from 1
 * @param ordinal its place among the page's regions, from 0
 */
public record RegionId(String document, int page, int ordinal) implements Comparable<RegionId> {

    private static final Pattern FORM = Pattern.compile("(doc_[0-9a-f]{32})_p([1-9]\\d{0,6})_r(0|[1-9]\\d{0,6})");
    private static final Comparator<RegionId> ORDER = Comparator.comparing(RegionId::document)
            .thenComparingInt(RegionId::page)
            .thenComparingInt(RegionId::ordinal);

    public RegionId {
        if (page < 1 || ordinal < 0) {
            throw new IllegalArgumentException("no region: page " + page + ", ordinal " + ordinal);
        }
    }

    /** The region that {@code wire} names; null where it is no region's name. */
    public static @Nullable RegionId of(String wire) {
        var found = FORM.matcher(wire);
        return found.matches()
                ? new RegionId(found.group(1), Integer.parseInt(found.group(2)), Integer.parseInt(found.group(3)))
                : null;
    }

    /** The name on the wire. */
    public String wire() {
        return document + "_p" + page + "_r" + ordinal;
    }

    @Override
    public int compareTo(RegionId other) {
        return ORDER.compare(this, other);
    }
}
