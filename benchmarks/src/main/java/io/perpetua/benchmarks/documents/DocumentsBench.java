package io.perpetua.benchmarks.documents;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.adapters.documents.DocumentLimits;
import io.perpetua.adapters.documents.LocalReader;
import io.perpetua.adapters.documents.ocr.Tesseract;
import io.perpetua.adapters.documents.ocr.TesseractSettings;
import io.perpetua.adapters.documents.sample.Comparison;
import io.perpetua.adapters.documents.sample.Manual;
import io.perpetua.bootstrap.Complaint;
import io.perpetua.bootstrap.FileFaults;
import io.perpetua.bootstrap.TemporaryFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code perpetua bench documents}: a technical manual is written of which everything is known, read, and asked questions; then
 * pictures of its pages are read by Tesseract, where that is installed.
 */
@Command(
        name = "documents",
        description = "Measure how documents are read, how they are found in, and what is left of them in scans.",
        mixinStandardHelpOptions = true)
public final class DocumentsBench implements Callable<Integer> {

    private static final int SCANNER = 300;

    @Option(names = "--pages", paramLabel = "N", description = "Pages of the manual (${DEFAULT-VALUE}).")
    private int pages = 100;

    @Option(names = "--scanned", paramLabel = "N", description = "Pages that are also scanned (${DEFAULT-VALUE}).")
    private int scanned = 8;

    @Option(names = "--seed", paramLabel = "S", description = "Which manual (${DEFAULT-VALUE}).")
    private long seed = 20_261_130;

    @Option(names = "--tesseract", paramLabel = "COMMAND", description = "The program (${DEFAULT-VALUE}).")
    private String command = "tesseract";

    @Option(names = "--json", paramLabel = "OUT", description = "Write the figures as JSON, too.")
    private @Nullable Path out;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (pages < 1 || scanned < 0) {
            throw new Complaint("--pages: at least 1 is needed, and --scanned: 0 or more.");
        }
        FileFaults.checkWritable("--json", out);
        Path folder = Files.createTempDirectory("perpetua-bench");
        try {
            var file = folder.resolve("manual.pdf");
            var manual = Manual.write(file, pages, seed);
            var text = TextLayer.measure(file, manual, pages);
            var answers = Answers.measure(folder, manual, file, text.comparison());
            var scans = scans(folder);
            var writer = spec.commandLine().getOut();
            writer.print(text);
            writer.println(answers);
            writer.print(scans == null ? "Tesseract is not installed: no scans are read.\n" : scans);
            writer.flush();
            if (out != null) {
                var document = new LinkedHashMap<String, Object>(text.json());
                document.put("search", answers.json());
                document.put("scans", scans == null ? "not measured" : scans.json());
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(out.toFile(), document);
            }
        } finally {
            TemporaryFolders.delete(folder);
        }
        return 0;
    }

    private @Nullable Scans scans(Path folder) throws IOException {
        var tesseract = new Tesseract(new TesseractSettings(command, "eng", Duration.ofMinutes(2), 2));
        if (scanned == 0 || !tesseract.isThere()) {
            return null;
        }
        var pdf = folder.resolve("short.pdf");
        var scan = folder.resolve("scan.pdf");
        var manual = Manual.write(pdf, scanned, seed);
        Manual.scan(pdf, scan, SCANNER);
        var layout = Comparison.of(manual, new LocalReader(DocumentLimits.DEFAULT, tesseract), scan);
        return Scans.measure(manual, scan, tesseract, layout);
    }
}
