package io.perpetua.adapters.documents.layout;

import io.perpetua.domain.vision.RegionType;

/** A region of a page, before it has its place in an order and its box in pixels. */
public record Region(RegionType type, Rect bounds, String text) {

    Region with(Rect more, String saying) {
        return new Region(type, bounds.with(more), saying);
    }
}
