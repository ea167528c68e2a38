package io.perpetua.domain.commands;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command line would do, and whether it may.
 *
 * @param kind the worst of its parts
 * @param allowed whether it may be run
 * @param reason why it may not, or what it does, for people
 * @param parts its commands in order; none where the line cannot be read
 * @param plan what is to be run, null unless that is allowed
 */
public record Judgement(
        CommandClass kind,
        boolean allowed,
        String reason,
        List<Part> parts,
        @Nullable Plan plan) {

    public Judgement {
        parts = List.copyOf(parts);
    }

    /** A command of the line. */
    public record Part(List<String> argv, CommandClass kind, String reason) {

        public Part {
            argv = List.copyOf(argv);
        }
    }

    /** The first command's words; empty where the line cannot be read. */
    public List<String> argv() {
        return parts.isEmpty() ? List.of() : parts.getFirst().argv();
    }

    /** The same, but not to be run after all. */
    public Judgement refused(String why) {
        return new Judgement(kind, false, why, parts, null);
    }
}
