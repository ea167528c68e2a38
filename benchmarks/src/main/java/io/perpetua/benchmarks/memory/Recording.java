package io.perpetua.benchmarks.memory;

import io.perpetua.domain.conversation.Role;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A recorded conversation and questions about it.
 *
 * @param id its name in the data set
 * @param lines what was said, turn 1 first
 * @param questions those that name their evidence
 */
public record Recording(String id, List<Line> lines, List<Asked> questions) {

    public Recording {
        lines = List.copyOf(lines);
        questions = List.copyOf(questions);
        for (Asked asked : questions) {
            for (int turn : asked.evidence()) {
                if (turn < 1 || turn > lines.size()) {
                    throw new IllegalArgumentException("evidence in turn " + turn + " of " + lines.size());
                }
            }
        }
    }

    /**
     * One turn.
     *
     * @param at when it was said, null where the data do not tell
     */
    public record Line(
            Role role,
            @Nullable String name,
            String text,
            @Nullable Instant at) {}

    /**
     * One question.
     *
     * @param category what kind of question, in the data set's words
     * @param evidence the turns that hold the answer, at least one
     */
    public record Asked(String text, String category, Set<Integer> evidence) {

        public Asked {
            evidence = Set.copyOf(evidence);
            if (evidence.isEmpty()) {
                throw new IllegalArgumentException("a question without evidence cannot be scored");
            }
        }
    }
}
