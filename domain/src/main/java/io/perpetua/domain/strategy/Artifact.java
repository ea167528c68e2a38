package io.perpetua.domain.strategy;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One version of a piece of work that a message holds: a file, a component, a style sheet.
 *
 * @param ordinal which of the message's, from 0
 * @param file its file's name, null where it has none
 * @param certain whether the block itself says so, or a tool was told to write it, rather than the words before it
 * @param family its language, by the name its dialects share; empty where it is not known
 * @param declared what it mainly declares, null where nothing stands out
 * @param names everything it declares
 * @param partial whether it shows a change only, or leaves parts out
 * @param start where it begins in the message's text, -1 where a tool call holds it
 * @param end where it ends, exclusive
 * @param code how many characters of code it has
 * @param shown the version as a reader is shown it, fences included
 */
public record Artifact(
        int ordinal,
        @Nullable String file,
        boolean certain,
        String family,
        @Nullable String declared,
        Set<String> names,
        boolean partial,
        int start,
        int end,
        int code,
        String shown) {

    public Artifact {
        names = Set.copyOf(names);
    }

    /** What people call it. */
    public String label() {
        if (file != null) {
            return file;
        }
        return declared != null
                ? declared
                : "the " + family + " of "
                        + String.join(", ", names.stream().sorted().limit(3).toList());
    }

    /** Whether it stands in the message's text. */
    public boolean inText() {
        return start >= 0;
    }
}
