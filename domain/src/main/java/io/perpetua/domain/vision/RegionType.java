package io.perpetua.domain.vision;

import org.jspecify.annotations.Nullable;

/** What a region of a page is. */
public enum RegionType {
    /** Rows and columns, whether ruled or only aligned. */
    TABLE("table"),
    /** A picture or drawing, with its caption where it has one. */
    FIGURE("figure"),
    /** Lines that are to be taken to the letter, indentation included. */
    CODE("code"),
    /** Running text: paragraphs, headings, lists. */
    TEXT("text");

    private final String wire;

    RegionType(String wire) {
        this.wire = wire;
    }

    /** The name on the wire. */
    public String wire() {
        return wire;
    }

    /** The type called {@code wire}, or null when there is none of that name. */
    public static @Nullable RegionType of(String wire) {
        for (RegionType type : values()) {
            if (type.wire.equals(wire)) {
                return type;
            }
        }
        return null;
    }
}
