package io.perpetua.benchmarks.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.bootstrap.Complaint;
import io.perpetua.bootstrap.FileFaults;
import io.perpetua.bootstrap.replay.LocomoTurns;
import java.io.IOException;
import java.nio.file.Path;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Recorded conversations with questions.
 *
 * @param name which data they are
 * @param recordings in the file's order
 * @param unscored categories that are reported but stay out of the headline figures
 */
public record DataSet(String name, List<Recording> recordings, Set<String> unscored) {

    public DataSet {
        recordings = List.copyOf(recordings);
        unscored = Set.copyOf(unscored);
    }

    /**
     * Reads LoCoMo (the list of samples as published) or BEAM (re-packed as a list of chats with messages and
     * questions), told apart by their first element.
     *
     * @throws Complaint when it is neither, or cannot be read
     */
    public static DataSet read(Path file) {
        try {
            return read(file, new ObjectMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw FileFaults.unreadable(file, e);
        } catch (DateTimeParseException e) {
            throw new Complaint(
                    file + ": time_anchor: expected a day such as March-05-2024, not " + e.getParsedString() + ".");
        }
    }

    private static DataSet read(Path file, JsonNode root) {
        JsonNode first = root.path(0);
        var recordings = new ArrayList<Recording>();
        if (LocomoTurns.areIn(first)) {
            root.forEach(sample -> recordings.add(Locomo.recording(sample)));
            return new DataSet("LoCoMo", recordings, Set.of(Locomo.ADVERSARIAL));
        }
        if (first.has("messages") && first.has("questions")) {
            root.forEach(chat -> recordings.add(Beam.recording(chat)));
            return new DataSet("BEAM", recordings, Set.of());
        }
        throw new Complaint(file + ": it holds neither LoCoMo's samples nor re-packed BEAM chats.");
    }
}
