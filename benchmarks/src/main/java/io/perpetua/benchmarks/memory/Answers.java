package io.perpetua.benchmarks.memory;

import io.perpetua.benchmarks.memory.Recording.Asked;
import io.perpetua.bootstrap.Contexts;
import io.perpetua.bootstrap.ProgressBar;
import io.perpetua.bootstrap.TemporaryFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one server found for each question of a data set.
 *
 * @param best the turns found for themselves, the best first
 * @param sent the turns of a context of {@link #TOKENS} tokens
 */
record Answers(Map<Asked, List<Integer>> best, Map<Asked, List<Integer>> sent) {

    /** Matches that are asked for. */
    static final int DEPTH = 10;

    static final int TOKENS = 2_000;

    /** How many steps of progress it takes. */
    static int steps(DataSet set) {
        return set.recordings().stream()
                .mapToInt(recording -> 1 + recording.questions().size())
                .sum();
    }

    /** Tells the data set to a server of its own, with these settings, and asks it. */
    static Answers of(DataSet set, Map<String, Object> settings, ProgressBar progress) throws IOException {
        var answers = new Answers(new HashMap<>(), new HashMap<>());
        Path folder = Files.createTempDirectory("perpetua-bench");
        try (var context = Contexts.unhurried(null, folder, settings)) {
            for (Recording recording : set.recordings()) {
                var remembered = new Remembered(recording, context);
                remembered.tell(recording.lines().size());
                progress.step(recording.id());
                var served = remembered.served();
                for (Asked asked : recording.questions()) {
                    answers.best.put(asked, List.copyOf(served.best(asked.text(), DEPTH)));
                    answers.sent.put(asked, List.copyOf(served.within(asked.text(), TOKENS)));
                    progress.step(recording.id());
                }
            }
        } finally {
            TemporaryFolders.delete(folder);
        }
        return answers;
    }
}
