package io.perpetua.bootstrap;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is wrong with the files of a command, said before its work begins. */
public final class FileFaults {

    /** Where a parser repeats what we say ourselves, in words that help nobody. */
    private static final Pattern SOURCE =
            Pattern.compile("\\s*\\([^()]*\\[Source:.*]\\)|\\s*\\[Source:.*]", Pattern.DOTALL);

    private FileFaults() {}

    /** The complaint that {@code file} could not be read for {@code fault}; of what is no JSON, with the line. */
    public static Complaint unreadable(Path file, IOException fault) {
        if (Files.isDirectory(file)) {
            return new Complaint(file + ": it is a folder, not a file.");
        }
        return switch (fault) {
            case JsonProcessingException json -> new Complaint(file + line(json) + ": " + reason(json) + ".");
            case CharacterCodingException _, CharConversionException _ ->
                new Complaint(file + ": it is not text in UTF-8.");
            default -> new Complaint(file + ": it cannot be read.");
        };
    }

    private static String line(JsonProcessingException fault) {
        var place = fault.getLocation();
        return place == null ? "" : ", line " + place.getLineNr();
    }

    private static String reason(JsonProcessingException fault) {
        return SOURCE.matcher(fault.getOriginalMessage())
                .replaceAll("")
                .replaceAll("\\s+", " ")
                .strip();
    }

    /**
     * Checks that {@code file} can be written, so that a long run does not end in vain; null is fine.
     *
     * @param option where the file was named
     * @throws Complaint when it cannot
     */
    public static void checkWritable(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        if (Files.isDirectory(file)) {
            throw new Complaint(option + ": " + file + " is a folder, not a file.");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new Complaint(option + ": there is no folder " + folder + ".");
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new Complaint(option + ": " + file + " cannot be written.");
        }
    }
}
