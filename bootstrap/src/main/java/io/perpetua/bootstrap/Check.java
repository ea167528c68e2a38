package io.perpetua.bootstrap;

import io.perpetua.bootstrap.configuration.ConfigurationReference;
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

/**
 * {@code perpetua check}: looks over the configuration without starting anything. The exit status is 1 when there are
 * mistakes in it, and that of any command that was called amiss when its file cannot be read.
 */
@Command(
        name = "check",
        description = "Check the configuration, and show what it comes to, without starting anything.",
        mixinStandardHelpOptions = true)
final class Check implements Callable<Integer> {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A configuration file; by default perpetua.yml in this folder, if there is one.")
    private @Nullable Path config;

    @Option(
            names = "--reference",
            description = "Write the page that documents every key, in Markdown, instead of checking anything.")
    private boolean reference;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        if (reference) {
            out.print(ConfigurationReference.page());
            out.flush();
            return ExitCode.OK;
        }
        var source = new ConfigurationSource(config, Map.of());
        var configuration = ConfigurationCheck.of(source.environment(), InstantSource.system());
        var mistakes = configuration.mistakes().sentences();
        var offering = configuration.offering();
        if (!mistakes.isEmpty() || offering == null) {
            mistakes.forEach(spec.commandLine().getErr()::println);
            return ExitCode.SOFTWARE;
        }
        ConfigurationSummary.of(source, configuration.settings(), offering).forEach(out::println);
        return ExitCode.OK;
    }
}
