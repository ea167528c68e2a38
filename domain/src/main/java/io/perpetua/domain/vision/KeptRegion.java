package io.perpetua.domain.vision;

/**
 * A region of a document that is kept.
 *
 * @param document its document's id
 * @param page the page as it was measured
 * @param region what was found there
 * @param tokens what its text costs
 */
public record KeptRegion(String document, Page page, PageRegion region, int tokens) {

    public KeptRegion {
        if (page.number() != region.page()) {
            throw new IllegalArgumentException("a region of page " + region.page() + " on page " + page.number());
        }
    }

    public RegionId id() {
        return new RegionId(document, region.page(), region.ordinal());
    }
}
