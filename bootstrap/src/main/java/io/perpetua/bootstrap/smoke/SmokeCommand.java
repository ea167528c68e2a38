package io.perpetua.bootstrap.smoke;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.bootstrap.FileFaults;
import io.perpetua.bootstrap.smoke.Verdict.Mark;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code perpetua smoke}: has one conversation with a server and looks at everything about it. */
@Command(
        name = "smoke",
        description = {
            "Have one conversation with a server, and see whether everything about it is as it should be: what each message "
                    + "is taken for, what the answers say, how the streams are made, memory, cache, fallback and facts.",
            "Without --url the server is one of its own, which asks a model on this machine: no network, no key, no cent. "
                    + "The exit status is 0 if nothing is wrong."
        },
        mixinStandardHelpOptions = true)
public final class SmokeCommand implements Callable<Integer> {

    @Option(names = "--url", paramLabel = "URL", description = "A running server; its models are asked, and paid.")
    private @Nullable URI url;

    @Option(names = "--key", paramLabel = "KEY", description = "An API key, where the server wants one.")
    private @Nullable String key;

    @Option(names = "--model", defaultValue = OwnServer.MODEL, description = "The model (default: ${DEFAULT-VALUE}).")
    private String model = OwnServer.MODEL;

    @Option(
            names = "--failing",
            paramLabel = "MODEL",
            description = "A model of the server at --url whose provider fails; without one fallback is not looked at.")
    private @Nullable String failing;

    @Option(names = "--json", paramLabel = "OUT", description = "Write the table as JSON, too.")
    private @Nullable Path out;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        FileFaults.checkWritable("--json", out);
        var verdicts = url == null ? offline() : run(url, failing);
        long wrong = count(verdicts, Mark.FAILED);
        print(count(verdicts, Mark.PASSED) + " passed, " + wrong + " failed, " + count(verdicts, Mark.SKIPPED)
                + " skipped");
        if (out != null) {
            write(verdicts, out);
        }
        return wrong == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private List<Verdict> offline() throws IOException {
        try (var server = new OwnServer()) {
            return run(server.url(), OwnServer.FAILING);
        }
    }

    private List<Verdict> run(URI server, @Nullable String failingModel) {
        try (var client = new Client(server, key)) {
            String nonce = UUID.randomUUID().toString().substring(0, 8);
            return new Smoke(client, model, failingModel, nonce, this::print).run();
        }
    }

    private void print(Verdict verdict) {
        print(String.format(
                Locale.ROOT,
                "%-7s  %-52s %6d ms  %s",
                verdict.mark().wire(),
                verdict.name(),
                verdict.took().toMillis(),
                verdict.detail()));
    }

    private void print(String line) {
        PrintWriter table = spec.commandLine().getOut();
        table.println(line);
        table.flush();
    }

    private static long count(List<Verdict> verdicts, Mark mark) {
        return verdicts.stream().filter(each -> each.mark() == mark).count();
    }

    private static void write(List<Verdict> verdicts, Path file) throws IOException {
        var json = new ObjectMapper();
        var table = json.createArrayNode();
        for (Verdict each : verdicts) {
            table.addObject()
                    .put("check", each.name())
                    .put("outcome", each.mark().wire())
                    .put("detail", each.detail())
                    .put("ms", each.took().toMillis());
        }
        json.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), table);
    }
}
