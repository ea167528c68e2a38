package io.perpetua.domain.brief;

/**
 * A running summary. It is never the only copy of what it tells: the turns stay.
 *
 * @param text the summary, never blank
 * @param coversThrough the last turn that went into it, at least 1
 * @param tokens what the text costs
 */
public record Brief(String text, int coversThrough, int tokens) {

    public Brief {
        if (text.isBlank() || coversThrough < 1 || tokens < 0) {
            throw new IllegalArgumentException("not a brief: covers through " + coversThrough);
        }
    }

    /** Tells of what is said no more than its length: it may get into logs. */
    @Override
    public String toString() {
        return "Brief[through " + coversThrough + ", " + text.length() + " characters]";
    }
}
