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
import io.perpetua.application.vision.RegionIndex;
import io.perpetua.application.vision.TidyIndex;
import io.perpetua.bootstrap.Complaint;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code perpetua reindex}: makes the indexes anew from what is kept, or goes on where that was broken off. */
@Command(
        name = "reindex",
        description = {
            "Make the indexes of turns and of documents anew from what is kept, or go on where that was broken off.",
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
        store.with(context -> {
            var result = rebuild(context);
            say(result);
            if (result.anew() || context.getBean(RegionIndex.class).needsRebuild()) {
                long pages = rebuildRegions(context.getBean(TidyIndex.class));
                tell("The index of documents is made anew: %,d pages.", pages);
            }
            return true;
        });
        return 0;
    }

    private void say(Result result) {
        tell(
                result.anew()
                        ? "The index is made anew: %,d turns."
                        : "The index has what it was owed: %,d turns. --fresh makes it anew.",
                result.turns());
    }

    private void tell(String format, long number) {
        var err = spec.commandLine().getErr();
        err.println(String.format(Locale.ROOT, format, number));
        err.flush();
    }

    private Result rebuild(ApplicationContext context) {
        var index = context.getBean(TurnIndex.class);
        requireIndex(index);
        return told(
                "turns",
                meter -> new RebuildIndex(
                                context.getBean(Outbox.class),
                                index,
                                context.getBean(IndexTurns.class),
                                context.getBean(Archive.class),
                                meter)
                        .run(fresh));
    }

    private long rebuildRegions(TidyIndex regions) {
        return told("pages", regions::rebuild);
    }

    private <T> T told(String unit, Function<Meter, T> work) {
        var meter = new Meter(spec.commandLine().getErr(), "Indexing", unit, System::nanoTime);
        try {
            return work.apply(meter);
        } catch (IndexUnavailable e) {
            throw new Complaint("The index does not answer: " + reason(e) + ". Call again to go on.");
        } catch (EmbedderUnavailable e) {
            throw new Complaint("The embedder does not answer: " + reason(e) + ". Call again to go on.");
        } finally {
            meter.end();
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
