package io.perpetua.bootstrap.transfer;

import io.micronaut.context.ApplicationContext;
import io.perpetua.application.conversation.Outbox;
import io.perpetua.application.memory.EmbedderUnavailable;
import io.perpetua.application.memory.IndexTurns;
import io.perpetua.application.memory.IndexUnavailable;
import io.perpetua.application.memory.RebuildIndex;
import io.perpetua.application.memory.RebuildIndex.Result;
import io.perpetua.application.memory.TurnIndex;
import io.perpetua.application.transfer.Archive;
import io.perpetua.bootstrap.Complaint;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code perpetua reindex}: makes the index anew from the record, or goes on where that was broken off. */
@Command(
        name = "reindex",
        description = {
            "Make the index anew from the record, or go on where that was broken off.",
            "Where the index is embedded the server is to be stopped; beside a shared one servers may run."
        },
        mixinStandardHelpOptions = true)
public final class Reindex implements Callable<Integer> {

    @Option(names = "--fresh", description = "Begin anew even if turns wait to be indexed.")
    private boolean fresh;

    @Mixin
    private OpenStore store = new OpenStore();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Result result = store.with(this::rebuild);
        var err = spec.commandLine().getErr();
        err.println(String.format(
                Locale.ROOT,
                result.anew()
                        ? "The index is made anew: %,d turns."
                        : "The index has what it was owed: %,d turns. --fresh makes it anew.",
                result.turns()));
        err.flush();
        return 0;
    }

    private Result rebuild(ApplicationContext context) {
        var index = context.getBean(TurnIndex.class);
        requireIndex(index);
        var meter = new Meter(spec.commandLine().getErr(), "Indexing", System::nanoTime);
        try {
            return new RebuildIndex(
                            context.getBean(Outbox.class),
                            index,
                            context.getBean(IndexTurns.class),
                            context.getBean(Archive.class),
                            meter)
                    .run(fresh);
        } catch (IndexUnavailable e) {
            throw new Complaint("The index does not answer: " + reason(e) + ". Call again to go on.");
        } catch (EmbedderUnavailable e) {
            throw new Complaint("The embedder does not answer: " + reason(e) + ". Call again to go on.");
        } finally {
            meter.done();
        }
    }

    private static void requireIndex(TurnIndex index) {
        try {
            index.needsRebuild();
        } catch (IndexUnavailable e) {
            throw new Complaint(
                    "The index cannot be opened: " + reason(e)
                            + ". A server that runs on the same data directory has an embedded index for itself: stop it first.");
        }
    }

    private static String reason(RuntimeException fault) {
        return fault.getCause() == null
                ? String.valueOf(fault.getMessage())
                : String.valueOf(fault.getCause().getMessage());
    }
}
