package io.perpetua.bootstrap.transfer;

import io.micronaut.context.ApplicationContext;
import io.perpetua.application.access.ApiKeys;
import io.perpetua.application.brief.Briefs;
import io.perpetua.application.memory.Anchors;
import io.perpetua.application.routing.StandingStore;
import io.perpetua.application.transfer.Archive;
import io.perpetua.application.transfer.ExportAll;
import io.perpetua.application.transfer.FactArchive;
import io.perpetua.application.transfer.Tallies;
import io.perpetua.application.vision.Documents;
import io.perpetua.bootstrap.Complaint;
import io.perpetua.bootstrap.FileFaults;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code perpetua export}: writes everything that the store keeps for long to a file. */
@Command(
        name = "export",
        description = {
            "Write every conversation, fact, key and sum to a file, to be taken in by ./perpetua import.",
            "A server may run meanwhile; what is said after a conversation was begun to be written is left out."
        },
        mixinStandardHelpOptions = true)
public final class Export implements Callable<Integer> {

    private static final int PAGE = 500;

    @Parameters(
            paramLabel = "FILE",
            description = "The file; compressed if its name ends in .gz. - is standard output.")
    private String file = "";

    @Mixin
    private OpenStore store = new OpenStore();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (!file.equals(ExportFile.STANDARD)) {
            FileFaults.checkWritable("FILE", Path.of(file));
        }
        var stay = new AtomicLong();
        Totals totals = store.with(context -> {
            stay.set(count(context.getBean(Documents.class)));
            return export(context);
        });
        var err = spec.commandLine().getErr();
        err.println(String.format(
                Locale.ROOT,
                "Exported %,d conversations with %,d turns, %,d facts, and %,d keys.",
                totals.of("conversation"),
                totals.of("turn"),
                totals.of("fact"),
                totals.of("key")));
        if (stay.get() > 0) {
            err.println(String.format(
                    Locale.ROOT, "%,d documents stay here: index them again where they are to be.", stay.get()));
        }
        err.flush();
        return 0;
    }

    private static long count(Documents documents) {
        long count = 0;
        var some = documents.all(null, PAGE);
        while (!some.isEmpty()) {
            count += some.size();
            some = documents.all(some.getLast(), PAGE);
        }
        return count;
    }

    private Totals export(ApplicationContext context) {
        if (file.equals(ExportFile.STANDARD)) {
            try (var out = ExportFile.standard()) {
                return write(context, out);
            } catch (IOException | UncheckedIOException e) {
                throw unwritable("standard output", e);
            }
        }
        try (var writing = new ExportFile(Path.of(file))) {
            var totals = write(context, writing.out());
            writing.whole();
            return totals;
        } catch (IOException | UncheckedIOException e) {
            throw unwritable(file, e);
        }
    }

    private static Complaint unwritable(String file, Exception fault) {
        return new Complaint("Not exported: " + file + " cannot be written: " + fault.getMessage());
    }

    private Totals write(ApplicationContext context, OutputStream out) throws IOException {
        var meter = new Meter(spec.commandLine().getErr(), "Exporting", "turns", System::nanoTime);
        var stores = new ExportAll.Stores(
                context.getBean(Archive.class),
                context.getBean(Anchors.class),
                context.getBean(Briefs.class),
                context.getBean(FactArchive.class),
                context.getBean(ApiKeys.class),
                context.getBean(Tallies.class),
                context.getBean(StandingStore.class));
        var writer = new EntryWriter(out);
        new ExportAll(stores, meter).to(writer);
        meter.end();
        return writer.end();
    }
}
