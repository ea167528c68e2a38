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
import io.perpetua.bootstrap.Complaint;
import io.perpetua.bootstrap.FileFaults;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
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
        Totals totals = store.with(this::export);
        var err = spec.commandLine().getErr();
        err.println(String.format(
                Locale.ROOT,
                "Exported %,d conversations with %,d turns, %,d facts, and %,d keys.",
                totals.of("conversation"),
                totals.of("turn"),
                totals.of("fact"),
                totals.of("key")));
        err.flush();
        return 0;
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
        var meter = new Meter(spec.commandLine().getErr(), "Exporting", System::nanoTime);
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
        meter.done();
        return writer.end();
    }
}
