package io.perpetua.benchmarks.conversation;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.chat.ChatFailed;
import io.perpetua.application.chat.MemoryOptions;
import io.perpetua.bootstrap.Complaint;
import io.perpetua.bootstrap.Contexts;
import io.perpetua.bootstrap.FileFaults;
import io.perpetua.bootstrap.TemporaryFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code perpetua bench conversation}: a user interface is built over many exchanges, then facts are asked for that were
 * said early, changed later, or contradicted. Any configured model can be asked.
 */
@Command(
        name = "conversation",
        description = "Measure what is kept of a long conversation, and how much its answers change.",
        mixinStandardHelpOptions = true)
public final class ConversationBench implements Callable<Integer> {

    /** The conversation of the published figures. */
    static final long SEED = 20_261_120;

    @Option(
            names = "--exchanges",
            paramLabel = "N",
            defaultValue = "100",
            description = "How long the conversation is, from 10 (default: ${DEFAULT-VALUE}).")
    private int exchanges = 100;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            defaultValue = "offline/offline",
            description = "Who answers the closing questions, as provider/model (default: ${DEFAULT-VALUE}).")
    private String model = "offline/offline";

    @Option(
            names = "--parameters",
            paramLabel = "JSON",
            defaultValue = "{}",
            description = "Further fields of each request, such as '{\"temperature\": 0}'.")
    private String parameters = "{}";

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "" + SEED,
            description = "Which conversation (default: ${DEFAULT-VALUE}).")
    private long seed = SEED;

    @Option(names = "--json", paramLabel = "OUT", description = "Write the figures and every answer as JSON, too.")
    private @Nullable Path out;

    @Option(names = "--config", paramLabel = "FILE", description = "A configuration file.")
    private @Nullable Path config;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (exchanges < UiConversation.SHORTEST) {
            throw new Complaint("--exchanges: at least " + UiConversation.SHORTEST + " are needed.");
        }
        FileFaults.checkWritable("--json", out);
        var conversation = UiConversation.of(exchanges, seed);
        var asking = new Session.Asking(model, parameters, MemoryOptions.DEFAULT);
        Path folder = Files.createTempDirectory("perpetua-bench");
        try (var context = Contexts.unhurried(config, folder, Map.of())) {
            report(new Measurement(conversation, context, asking).run());
        } catch (RequestRefused | ChatFailed e) {
            throw new Complaint(model + ": " + e.getMessage());
        } finally {
            TemporaryFolders.delete(folder);
        }
        return 0;
    }

    private void report(Results results) throws IOException {
        var text = spec.commandLine().getOut();
        text.printf("Model %s, seed %d.%n", model, seed);
        text.print(Report.text(results));
        text.flush();
        if (out != null) {
            var document = new LinkedHashMap<String, Object>();
            document.put("model", model);
            document.put("seed", seed);
            document.putAll(Report.json(results));
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(out.toFile(), document);
        }
    }
}
