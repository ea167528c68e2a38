package io.perpetua.domain.vision;

/**
 * A region as it was found on its page, in reading order.
 *
 * @param page where
 * @param ordinal its place among the page's regions, from 0
 * @param box where on the page, within its bounds
 * @param type what it is
 * @param text what it says; of a figure its caption and the words in it; empty where nothing could be read
 * @param exact whether {@code text} is the document's own (its text layer), and not recognised from pixels
 * @param confidence how much of {@code text} is known to be right, 0 to 1: of an exact one, the share of its characters
 *     that the document itself names; of a recognised one, what the recogniser measured
 */
public record PageRegion(
        int page, int ordinal, Box box, RegionType type, String text, boolean exact, double confidence) {

    public PageRegion {
        if (page < 1 || ordinal < 0) {
            throw new IllegalArgumentException("no region: page " + page + ", ordinal " + ordinal);
        }
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("no confidence: " + confidence);
        }
    }
}
