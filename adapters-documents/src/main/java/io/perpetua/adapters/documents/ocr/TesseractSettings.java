package io.perpetua.adapters.documents.ocr;

import java.time.Duration;

/**
 * How Tesseract is run.
 *
 * @param command its name on the path, or the path to it
 * @param languages as it names them, such as {@code eng} or {@code eng+deu}
 * @param time that one picture may take
 * @param processes how many run at once
 */
public record TesseractSettings(String command, String languages, Duration time, int processes) {

    public TesseractSettings {
        if (command.isBlank() || !languages.matches("[A-Za-z_]+(\\+[A-Za-z_]+)*") || processes < 1) {
            throw new IllegalArgumentException(
                    "Tesseract is run as '" + command + "' for '" + languages + "', " + processes + " at once");
        }
    }
}
