package io.perpetua.application.brief;

/** Hears of every brief that is kept. Safe for concurrent use; must neither wait nor fail. */
@FunctionalInterface
public interface BriefListener {

    /** Who wrote a brief. */
    enum Author {
        /** The summarizer that is configured. */
        SUMMARIZER,
        /** The one that is there when the other is not to be had, or does not keep to its bounds. */
        FALLBACK
    }

    /** A brief is kept. */
    void kept(Author author);
}
