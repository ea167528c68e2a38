package io.perpetua.benchmarks.routing;

import io.perpetua.bootstrap.Complaint;
import io.perpetua.bootstrap.FileFaults;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.IntentClassifier.Example;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages whose intent people have told, a line each: intent, the intent of the message before it or {@code -}, the
 * message with its line breaks as {@code \n}; tabs in between.
 */
public final class Utterances {

    private static final String NOTHING = "-";

    private Utterances() {}

    /** What the shipped classifier was fitted to. */
    public static List<Example> examples() throws IOException {
        return resource("/routing/examples.tsv");
    }

    /** What it is measured on: none of the examples is among them. */
    public static List<Example> labelled() throws IOException {
        return resource("/routing/labelled.tsv");
    }

    /**
     * Those of a file.
     *
     * @throws Complaint when there are none, or they cannot be read
     */
    public static List<Example> of(Path file) {
        try {
            var utterances = parse(Files.readAllLines(file));
            if (utterances.isEmpty()) {
                throw new Complaint(file + ": it holds no message.");
            }
            return utterances;
        } catch (IOException e) {
            throw FileFaults.unreadable(file, e);
        } catch (IllegalArgumentException e) {
            throw new Complaint(file + ", " + e.getMessage() + ".");
        }
    }

    private static List<Example> resource(String name) throws IOException {
        try (var in = Utterances.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("there is no " + name);
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        }
    }

    static List<Example> parse(List<String> lines) {
        var utterances = new ArrayList<Example>();
        for (String line : lines) {
            try {
                utterances.add(utterance(line));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + (utterances.size() + 1) + ": " + e.getMessage(), e);
            }
        }
        return utterances;
    }

    private static Example utterance(String line) {
        String[] cells = line.split("\t", -1);
        if (cells.length != 3) {
            throw new IllegalArgumentException("not three cells: " + line);
        }
        var intent = intent(cells[0]);
        if (intent == null) {
            throw new IllegalArgumentException("no intent: " + line);
        }
        return new Example(intent, intent(cells[1]), cells[2].replace("\\n", "\n"));
    }

    private static @Nullable Intent intent(String cell) {
        if (cell.equals(NOTHING)) {
            return null;
        }
        var intent = Intent.of(cell);
        if (intent == null) {
            throw new IllegalArgumentException("no such intent: " + cell);
        }
        return intent;
    }
}
