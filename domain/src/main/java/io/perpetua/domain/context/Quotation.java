package io.perpetua.domain.context;

import io.perpetua.domain.vision.RegionId;
import io.perpetua.domain.vision.RegionType;

/**
 * What is shown of a region of a document.
 *
 * @param region which it is
 * @param title what its document is called; empty where nobody said
 * @param type what it is
 * @param text what of its text is shown
 */
public record Quotation(RegionId region, String title, RegionType type, String text) {

    public String document() {
        return region.document();
    }

    public int page() {
        return region.page();
    }
}
