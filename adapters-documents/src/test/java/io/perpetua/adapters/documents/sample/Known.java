package io.perpetua.adapters.documents.sample;

import io.perpetua.domain.vision.RegionType;

/**
 * A region as it was put onto its page.
 *
 * @param page from 1
 * @param left in points from the page's left edge; so the others, {@code top} and {@code bottom} from its upper one
 * @param text to the letter
 */
public record Known(int page, RegionType type, double left, double top, double right, double bottom, String text) {}
