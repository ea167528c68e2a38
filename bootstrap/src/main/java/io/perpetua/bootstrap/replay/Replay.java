package io.perpetua.bootstrap.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.ApplicationContext;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.conversation.MessageReader;
import io.perpetua.bootstrap.Complaint;
import io.perpetua.bootstrap.Contexts;
import io.perpetua.bootstrap.FileFaults;
import io.perpetua.bootstrap.ProgressBar;
import io.perpetua.bootstrap.TemporaryFolders;
import io.perpetua.bootstrap.replay.Recordings.Recording;
import io.perpetua.domain.budget.BudgetPolicy;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.tokens.MessageTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code perpetua replay}: runs recorded conversations through the code that serves requests, no provider called, and
 * says what each request would have cost.
 */
@Command(
        name = "replay",
        description = "Run recorded conversations through the context engine and show what they would have cost.",
        mixinStandardHelpOptions = true)
public final class Replay implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "OpenAI messages as JSON or JSON lines, LoCoMo's format, or BEAM's re-packed one.")
    private List<Path> files = List.of();

    @Option(names = "--json", paramLabel = "OUT", description = "Write the table as JSON, too.")
    private @Nullable Path out;

    @Option(names = "--budget", paramLabel = "TOKENS", description = "Another token budget than the configured one.")
    private @Nullable Integer budget;

    @Option(names = "--config", paramLabel = "FILE", description = "A configuration file.")
    private @Nullable Path config;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        FileFaults.checkWritable("--json", out);
        Path data = Files.createTempDirectory("perpetua-replay");
        try (var context = Contexts.unhurried(config, data, Map.of())) {
            var summaries = replay(context);
            int total = budget == null ? context.getBean(BudgetPolicy.class).total() : budget;
            var table = spec.commandLine().getOut();
            table.print(ReplayTable.of(summaries, total));
            table.flush();
            if (out != null) {
                new ObjectMapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValue(out.toFile(), ReplayTable.json(summaries, total));
            }
            return summaries.stream().allMatch(each -> each.withinBudget() && each.refused() == 0) ? 0 : 1;
        } finally {
            TemporaryFolders.delete(data);
        }
    }

    private List<ReplaySummary> replay(ApplicationContext context) {
        if (budget != null && budget < BudgetPolicy.SMALLEST) {
            throw new Complaint("--budget: at least " + BudgetPolicy.SMALLEST + " tokens are needed.");
        }
        var recordings = new ArrayList<Recording>();
        var reader = new Recordings(context.getBean(MessageReader.class));
        files.forEach(file -> recordings.addAll(reader.read(file)));

        var progress = new ProgressBar(
                System.err,
                recordings.stream().mapToInt(each -> each.messages().size()).sum());
        var caches = PricedCache.load();
        var summaries = new ArrayList<ReplaySummary>();
        for (Recording recording : recordings) {
            var dollars = new PromptDollars(caches, context.getBean(MessageTokens.class));
            var summary = new ReplaySummary(recording.name(), promptCeiling(context), dollars);
            new ReplayEngine(context, "replay-" + summaries.size(), budget)
                    .run(recording.messages(), listener(recording, summary, progress));
            summaries.add(summary);
        }
        progress.done();
        return summaries;
    }

    private static ReplayEngine.Listener listener(Recording recording, ReplaySummary summary, ProgressBar progress) {
        return new ReplayEngine.Listener() {

            @Override
            public void requested(ReplayedRequest request) {
                summary.add(request);
            }

            @Override
            public void refused(RequestRefused refusal) {
                summary.refuse();
            }

            @Override
            public void told(Message message) {
                if (!message.role().instructs()) {
                    summary.turn();
                }
                progress.step(recording.name());
            }
        };
    }

    /** Most tokens that a prompt may cost within the budget. */
    private int promptCeiling(ApplicationContext context) {
        var policy = context.getBean(BudgetPolicy.class);
        var scaled = budget == null ? policy : policy.scaledTo(budget);
        return scaled.total() - scaled.completion();
    }
}
