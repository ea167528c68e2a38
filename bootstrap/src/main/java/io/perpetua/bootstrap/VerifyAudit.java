package io.perpetua.bootstrap;

import io.perpetua.adapters.commands.AuditCheck;
import io.perpetua.adapters.commands.AuditCheck.Report;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code perpetua audit verify}: finds records that were changed, are missing, or were cut off. */
@Command(
        name = "verify",
        description =
                "Tell whether every record is there and as it was written; the exit status is 1 if not, 3 if there is none.",
        mixinStandardHelpOptions = true)
final class VerifyAudit implements Callable<Integer> {

    private static final int NO_ACCOUNT = 3;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The server's configuration file; by default perpetua.yml in this folder, if there is one.")
    private @Nullable Path config;

    @Option(
            names = "--noted",
            paramLabel = "DIGEST",
            description = "A digest that was printed before and noted elsewhere: the record must still be there.")
    private @Nullable String noted;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var settings = new Settings(new ConfigurationSource(config, Map.of()).environment());
        var report = AuditCheck.of(Path.of(settings.get(Keys.DATA)), noted);
        String fault = report.fault();
        if (fault != null) {
            spec.commandLine().getErr().println("The account is not as it was written: " + fault + ".");
            spec.commandLine()
                    .getErr()
                    .println("With the server stopped, 'perpetua audit restart' puts it aside and begins a new one.");
            spec.commandLine().getErr().flush();
            return ExitCode.SOFTWARE;
        }
        if (!report.there()) {
            spec.commandLine().getErr().println("There is no account: none was ever begun, or all of it was removed.");
            spec.commandLine().getErr().flush();
            return NO_ACCOUNT;
        }
        var out = spec.commandLine().getOut();
        out.print(told(report));
        out.flush();
        return ExitCode.OK;
    }

    private static String told(Report report) {
        var told = new StringBuilder("%,d records, all as they were written.%n".formatted(report.records()));
        if (report.erased() > 0) {
            told.append("Of %,d, what was said has been erased with its conversation.%n".formatted(report.erased()));
        }
        if (report.late() > 0) {
            told.append(
                    "Of %,d of these, no more than a mark beside the account told so, which anybody can make who may delete.%n"
                            .formatted(report.late()));
        }
        for (String before : report.restarted()) {
            told.append("It was begun anew, since something was wrong with the one before: %s%n".formatted(before));
        }
        if (report.tornBytes() > 0) {
            told.append(
                    "A record is being written, or was when the server died; nothing was run after it.%n".formatted());
        }
        return report.records() == 0
                ? told.toString()
                : told.append("The last one has the digest %s%n".formatted(report.digest()))
                        .toString();
    }
}
