package io.perpetua.bootstrap;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.conversation.Statistics;
import io.perpetua.application.conversation.Statistics.Totals;
import io.perpetua.domain.mode.Mode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code perpetua stats}: says how much the record holds, whether a server runs on it or not. */
@Command(
        name = "stats",
        description = "Say how many conversations, turns and tokens there are; a running server need not be stopped.",
        mixinStandardHelpOptions = true)
final class Stats implements Callable<Integer> {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The server's configuration file; by default perpetua.yml in this folder, if there is one.")
    private @Nullable Path config;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try (var context = Contexts.tool(config, Statistics.class)) {
            var out = spec.commandLine().getOut();
            out.print(text(context.getBean(Statistics.class).totals()));
            out.flush();
            return 0;
        } catch (StoreUnavailable e) {
            throw new Complaint("The store does not answer: " + e.getMessage());
        }
    }

    static String text(Totals totals) {
        return String.format(
                Locale.ROOT,
                """
                conversations  %,d: %,d full, %,d balanced, %,d safe
                turns          %,d, %.1f a conversation
                tokens         %,d, %.1f a conversation
                """,
                totals.conversations(),
                totals.in(Mode.FULL),
                totals.in(Mode.BALANCED),
                totals.in(Mode.SAFE),
                totals.turns(),
                totals.turnsEach(),
                totals.tokens(),
                totals.tokensEach());
    }
}
