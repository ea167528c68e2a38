package io.perpetua.benchmarks.routing;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.application.memory.Embedder;
import io.perpetua.benchmarks.memory.Table;
import io.perpetua.bootstrap.Contexts;
import io.perpetua.bootstrap.FileFaults;
import io.perpetua.bootstrap.ProgressBar;
import io.perpetua.bootstrap.TemporaryFolders;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.IntentClassifier;
import io.perpetua.domain.routing.IntentClassifier.Example;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perpetua bench intents}: how often requests are taken for what they are, and how long that takes. */
@Command(name = "intents", description = "Measure how well requests are told apart.", mixinStandardHelpOptions = true)
public final class IntentBench implements Callable<Integer> {

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "Other labelled messages: intent, previous or -, text.")
    private @Nullable Path data;

    @Option(
            names = "--fit",
            paramLabel = "OUT",
            description = "Fit a new classifier to the examples first, and keep it.")
    private @Nullable Path fit;

    @Option(names = "--mistakes", description = "Show what was taken for something else.")
    private boolean mistakes;

    @Option(names = "--json", paramLabel = "OUT", description = "Write the figures as JSON, too.")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        FileFaults.checkWritable("--fit", fit);
        FileFaults.checkWritable("--json", out);
        var labelled = data == null ? Utterances.labelled() : Utterances.of(data);
        Path folder = Files.createTempDirectory("perpetua-bench");
        try (var context = Contexts.unhurried(null, folder, Map.of())) {
            var embedder = context.getBean(Embedder.class);
            var classifier = fit == null ? IntentClassifier.shipped() : fitted(embedder, fit);
            var words = new Figures(labelled);
            var meaning = new Figures(labelled);
            for (Example each : labelled) {
                words.ask(() ->
                        classifier.judge(each.text(), null, each.previous()).intent());
                meaning.ask(() -> classifier
                        .judge(each.text(), embedder.embedQuery(each.text()), each.previous())
                        .intent());
            }
            report(labelled, words, meaning);
        } finally {
            TemporaryFolders.delete(folder);
        }
        return 0;
    }

    private static IntentClassifier fitted(Embedder embedder, Path out) throws IOException {
        var examples = Utterances.examples();
        var vectors = new ArrayList<float[]>();
        var progress = new ProgressBar(System.err, examples.size());
        for (Example example : examples) {
            vectors.add(
                    Objects.requireNonNullElse(embedder.embedQuery(example.text()), new float[embedder.dimensions()]));
            progress.step("examples");
        }
        progress.done();
        var classifier = IntentClassifier.fit(examples, vectors);
        try (var stream = new DataOutputStream(Files.newOutputStream(out))) {
            classifier.write(stream);
        }
        return classifier;
    }

    private void report(List<Example> labelled, Figures words, Figures meaning) throws IOException {
        var table = new Table("right, %", "messages", "by words", "and meaning");
        for (Intent intent : Intent.values()) {
            long count =
                    labelled.stream().filter(each -> each.intent() == intent).count();
            table.row(List.of(intent.wire(), Long.toString(count), words.right(intent), meaning.right(intent)));
        }
        table.row(List.of("all", Integer.toString(labelled.size()), words.right(null), meaning.right(null)));
        table.row(List.of("median, ms", "", words.milliseconds(0.5), meaning.milliseconds(0.5)));
        table.row(List.of("99th percentile, ms", "", words.milliseconds(0.99), meaning.milliseconds(0.99)));
        System.out.println(table);
        if (mistakes) {
            meaning.wrong().forEach(System.out::println);
        }
        if (out != null) {
            var document = new LinkedHashMap<String, Object>();
            document.put("messages", labelled.size());
            document.put("accuracy_words", words.accuracy(null));
            document.put("accuracy_meaning", meaning.accuracy(null));
            document.put("median_ms_words", words.quantile(0.5));
            document.put("median_ms_meaning", meaning.quantile(0.5));
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(out.toFile(), document);
        }
    }

    /** What became of each message. */
    private static final class Figures {

        private final List<Example> asked;
        private final List<Intent> answers = new ArrayList<>();
        private final double[] times;

        Figures(List<Example> asked) {
            this.asked = asked;
            times = new double[asked.size()];
        }

        void ask(Supplier<Intent> question) {
            long start = System.nanoTime();
            var answer = question.get();
            times[answers.size()] = (System.nanoTime() - start) / 1e6;
            answers.add(answer);
        }

        double accuracy(@Nullable Intent intent) {
            int all = 0;
            int right = 0;
            for (int i = 0; i < answers.size(); i++) {
                if (intent == null || asked.get(i).intent() == intent) {
                    all++;
                    right += answers.get(i) == asked.get(i).intent() ? 1 : 0;
                }
            }
            return all == 0 ? 0 : (double) right / all;
        }

        String right(@Nullable Intent intent) {
            return String.format(Locale.ROOT, "%.1f", 100 * accuracy(intent));
        }

        double quantile(double share) {
            double[] sorted = times.clone();
            Arrays.sort(sorted);
            return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
        }

        String milliseconds(double share) {
            return String.format(Locale.ROOT, "%.2f", quantile(share));
        }

        List<String> wrong() {
            var wrong = new ArrayList<String>();
            for (int i = 0; i < answers.size(); i++) {
                var each = asked.get(i);
                if (answers.get(i) != each.intent()) {
                    wrong.add(each.intent().wire() + " -> " + answers.get(i).wire() + ": " + each.text());
                }
            }
            return wrong;
        }
    }
}
