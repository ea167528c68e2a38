package io.perpetua.benchmarks.memory;

import io.micronaut.context.ApplicationContext;
import io.perpetua.bootstrap.Contexts;
import io.perpetua.bootstrap.ProgressBar;
import io.perpetua.bootstrap.TemporaryFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/*
 * A conversation is told up to each of the beginnings that are simulated and asked what can be answered then, and in the
 * end told whole and asked everything. The memory never knows more than what has been told, and each turn is embedded
 * once, as in service.
 */
/** A data set told to the memory of one server and asked again. Used once, by one thread. */
final class Run {

    private final DataSet set;
    private final Function<Remembered, Map<Contender, Method>> contenders;
    private final ProgressBar progress;
    private final Map<Contender, Figures> figures = new EnumMap<>(Contender.class);
    private final Instructions instructions = new Instructions();

    /**
     * A run that is yet to be made.
     *
     * @param contenders who is asked about a conversation, as far as it has been told
     * @param progress takes {@link #steps} steps
     */
    Run(DataSet set, Function<Remembered, Map<Contender, Method>> contenders, ProgressBar progress) {
        this.set = set;
        this.contenders = contenders;
        this.progress = progress;
    }

    /** How many steps of progress a run takes. */
    static int steps(DataSet set) {
        return set.recordings().stream()
                .mapToInt(recording ->
                        1 + Prefix.of(recording).size() + recording.questions().size())
                .sum();
    }

    /** Runs it on a server of its own, with these settings. */
    Run on(Map<String, Object> settings) throws IOException {
        Path folder = Files.createTempDirectory("perpetua-bench");
        try (var context = Contexts.unhurried(null, folder, settings)) {
            set.recordings().forEach(recording -> measure(recording, context));
        } finally {
            TemporaryFolders.delete(folder);
        }
        return this;
    }

    private void measure(Recording recording, ApplicationContext context) {
        var remembered = new Remembered(recording, context);
        for (int turns : Prefix.of(recording)) {
            remembered.tell(turns);
            ask(remembered, new Prefix(turns, remembered.tokens()));
            progress.step(recording.id());
        }
        remembered.tell(recording.lines().size());
        progress.step(recording.id());
        var asked = contenders.apply(remembered);
        recording.questions().forEach(question -> {
            asked.forEach((who, method) -> figures(who).ask(recording.id(), question, method));
            progress.step(recording.id());
        });
        instructions.ask(remembered, context);
    }

    private void ask(Remembered remembered, Prefix prefix) {
        var recording = remembered.recording();
        var asked = contenders.apply(remembered);
        for (var question : Prefix.answerable(recording, prefix.turns())) {
            asked.forEach((who, method) -> figures(who).ask(recording.id(), prefix, question, method));
        }
    }

    private Figures figures(Contender who) {
        return figures.computeIfAbsent(who, each -> new Figures());
    }

    /** What each contender found. */
    Map<Contender, Figures> figures() {
        return figures;
    }

    Instructions instructions() {
        return instructions;
    }
}
