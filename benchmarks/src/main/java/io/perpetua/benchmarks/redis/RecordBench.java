package io.perpetua.benchmarks.redis;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.adapters.redis.RecordMemory;
import io.perpetua.adapters.redis.RecordMemory.Figures;
import io.perpetua.benchmarks.memory.Table;
import io.perpetua.bootstrap.FileFaults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code perpetua bench redis}: how much memory the record takes up in a Redis that is started for it. */
@Command(
        name = "redis",
        description = "Measure the memory of conversations kept in Redis; starts a server of its own.",
        mixinStandardHelpOptions = true)
public final class RecordBench implements Callable<Integer> {

    /** What the kinds of keys hold. */
    private static final Map<String, String> NAMES = Map.of(
            "t", "turns",
            "h", "places by fingerprint",
            "c", "heads",
            "l", "ledger",
            "z", "listing by growth",
            "q", "requests of three days",
            "s", "totals");

    private static final Set<String> SCENARIOS = Set.of("ledger", "conversations");

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--scenario",
            split = ",",
            defaultValue = "ledger,conversations",
            description = "What is measured: ledger, conversations (default: both).")
    private List<String> scenarios = List.of();

    @Option(names = "--ledger", defaultValue = "1000000", description = "Entries in the ledger (default: 1000000).")
    private int ledger;

    @Option(names = "--conversations", defaultValue = "20000", description = "Whole conversations (default: 20000).")
    private int conversations;

    @Option(names = "--turns", defaultValue = "20", description = "Turns of each (default: 20).")
    private int turns;

    @Option(names = "--json", paramLabel = "OUT", description = "Write the figures as JSON, too.")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        FileFaults.checkWritable("--json", out);
        if (!SCENARIOS.containsAll(scenarios) && spec != null) {
            throw new ParameterException(spec.commandLine(), "--scenario knows ledger and conversations");
        }
        var figures = new LinkedHashMap<String, Figures>();
        if (scenarios.contains("ledger")) {
            figures.put("ledger", RecordMemory.ledger(ledger));
            System.out.println(ofLedger(figures.get("ledger")));
        }
        if (scenarios.contains("conversations")) {
            figures.put("conversations", RecordMemory.conversations(conversations, turns));
            System.out.println(ofConversations(figures.get("conversations")));
        }
        if (out != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(out.toFile(), figures);
        }
        return 0;
    }

    static Table ofLedger(Figures figures) {
        return new Table("ledger", "conversations", "used_memory", "bytes a conversation")
                .row(List.of(
                        "entries alone",
                        whole(figures.conversations()),
                        whole(figures.used()),
                        tenths(figures.perConversation())));
    }

    static Table ofConversations(Figures figures) {
        var table = new Table("whole conversations", "bytes", "a conversation", "a turn", "share");
        row(table, figures, "used_memory", figures.used());
        row(table, figures, "what is said", figures.text());
        row(table, figures, "over what is said", figures.used() - figures.text());
        figures.kinds().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(kind -> row(
                        table, figures, "of it " + NAMES.getOrDefault(kind.getKey(), kind.getKey()), kind.getValue()));
        return table;
    }

    private static void row(Table table, Figures figures, String name, long bytes) {
        table.row(List.of(
                name,
                whole(bytes),
                tenths((double) bytes / figures.conversations()),
                tenths((double) bytes / figures.turns()),
                String.format(Locale.ROOT, "%.1f %%", 100.0 * bytes / figures.used())));
    }

    private static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String tenths(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
