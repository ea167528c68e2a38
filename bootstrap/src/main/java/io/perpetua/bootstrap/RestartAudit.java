package io.perpetua.bootstrap;

import io.perpetua.adapters.commands.AuditCheck;
import io.perpetua.adapters.commands.FileAuditLog;
import io.perpetua.application.commands.CommandsUnavailable;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code perpetua audit restart}: puts an account aside that cannot be gone on with, and begins a new one. */
@Command(
        name = "restart",
        description =
                "Put an account aside that is not as it was written, and begin a new one, whose first record says so.",
        mixinStandardHelpOptions = true)
final class RestartAudit implements Callable<Integer> {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The server's configuration file; by default perpetua.yml in this folder, if there is one.")
    private @Nullable Path config;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var settings = new Settings(new ConfigurationSource(config, Map.of()).environment());
        Path data = Path.of(settings.get(Keys.DATA));
        String fault = AuditCheck.of(data, null).fault();
        if (fault == null) {
            return failed("The account is as it was written: it is left alone.");
        }
        try (var log = new FileAuditLog(data, Long.MAX_VALUE, InstantSource.system())) {
            String folder = log.restart(fault);
            spec.commandLine().getOut().println("What was there is in " + folder + "; a new account has begun.");
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        } catch (CommandsUnavailable e) {
            return failed(e.getMessage() + ".");
        }
    }

    private int failed(String message) {
        spec.commandLine().getErr().println(message);
        spec.commandLine().getErr().flush();
        return ExitCode.SOFTWARE;
    }
}
