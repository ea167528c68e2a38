package io.perpetua.bootstrap.transfer;

import io.micronaut.context.ApplicationContext;
import io.perpetua.application.access.ApiKeys;
import io.perpetua.application.transfer.Archive;
import io.perpetua.application.transfer.FactArchive;
import io.perpetua.application.transfer.ImportAll;
import io.perpetua.application.transfer.ImportAll.Result;
import io.perpetua.application.transfer.Tallies;
import io.perpetua.bootstrap.Complaint;
import io.perpetua.bootstrap.FileFaults;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code perpetua import}: adds what was exported to the store. The exit status is 1 when something was left out since
 * something else is there.
 */
@Command(
        name = "import",
        description = {
            "Add what ./perpetua export wrote to the store. Nothing that is there is replaced.",
            "A server may run meanwhile. Broken off, it is called again, and passes over what is there already."
        },
        mixinStandardHelpOptions = true)
public final class Import implements Callable<Integer> {

    private static final int BUFFER = 1 << 16;

    @Parameters(
            paramLabel = "FILE",
            description = "The file; decompressed if its name ends in .gz. - is standard input.")
    private String file = "";

    @Mixin
    private OpenStore store = new OpenStore();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try (var in = open()) {
            Result result = store.with(context -> take(context, in));
            tell(result);
            return result.conflicts() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (IOException e) {
            throw new Complaint(
                    "Not imported: " + FileFaults.unreadable(Path.of(file), e).getMessage());
        }
    }

    private InputStream open() throws IOException {
        if (file.equals(ExportFile.STANDARD)) {
            return new BufferedInputStream(System.in, BUFFER);
        }
        var raw = Files.newInputStream(Path.of(file));
        return new BufferedInputStream(
                file.endsWith(ExportFile.COMPRESSED) ? new GZIPInputStream(raw, BUFFER) : raw, BUFFER);
    }

    private Result take(ApplicationContext context, InputStream in) {
        var err = spec.commandLine().getErr();
        var meter = new Meter(err, "Importing", "turns", System::nanoTime);
        var stores = new ImportAll.Stores(
                context.getBean(Archive.class),
                context.getBean(FactArchive.class),
                context.getBean(ApiKeys.class),
                context.getBean(Tallies.class));
        var reader = new EntryReader(in, file.equals(ExportFile.STANDARD) ? "standard input" : file);
        try {
            return new ImportAll(
                            stores,
                            conflict -> {
                                meter.end();
                                err.println("Left out, since something else is there: " + conflict);
                            },
                            meter)
                    .from(reader);
        } catch (IllegalArgumentException e) {
            throw reader.complaint(String.valueOf(e.getMessage()));
        } finally {
            meter.end();
        }
    }

    private void tell(Result result) {
        var err = spec.commandLine().getErr();
        err.println(String.format(
                        Locale.ROOT,
                        "Imported %,d conversations with %,d turns, %,d facts, and %,d keys. %s",
                        result.conversations(),
                        result.turns(),
                        result.facts(),
                        result.keys(),
                        result.there() == 0
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        "%,d families, facts, keys and sums were there already.",
                                        result.there()))
                .strip());
        if (result.conflicts() > 0) {
            err.println(String.format(
                    Locale.ROOT,
                    "%,d families, facts, keys or sums were left out, since something else is there.",
                    result.conflicts()));
        }
        err.flush();
    }
}
