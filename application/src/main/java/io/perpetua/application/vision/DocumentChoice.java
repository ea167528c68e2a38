package io.perpetua.application.vision;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which documents are looked into for what bears on a message.
 *
 * @param documents their ids; null for all of the scope
 * @param most how many regions are taken at most, from 1
 * @param off whether they are switched off for this request, so that none is looked into and the answer says so
 */
public record DocumentChoice(@Nullable Set<String> documents, int most, boolean off) {

    /** How many where nobody said: about what a tenth of a usual budget holds. */
    public static final int USUAL = 6;

    /** A choice that is not switched off. */
    public DocumentChoice(@Nullable Set<String> documents, int most) {
        this(documents, most, false);
    }

    public DocumentChoice {
        documents = documents == null ? null : Set.copyOf(documents);
    }

    /** The same, switched off. */
    public DocumentChoice switchedOff() {
        return new DocumentChoice(documents, most, true);
    }
}
