package io.perpetua.application.vision;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which documents are looked into for what bears on a message.
 *
 * @param documents their ids; null for all of the scope
 * @param most how many regions are taken at most, from 1
 */
public record DocumentChoice(@Nullable Set<String> documents, int most) {

    /** How many where nobody said: about what a tenth of a usual budget holds. */
    public static final int USUAL = 6;

    public DocumentChoice {
        documents = documents == null ? null : Set.copyOf(documents);
    }
}
