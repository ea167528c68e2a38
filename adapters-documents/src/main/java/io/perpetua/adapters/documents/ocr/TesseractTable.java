package io.perpetua.adapters.documents.ocr;

import io.perpetua.adapters.documents.layout.Rect;
import java.util.ArrayList;
import java.util.List;

/** Reads the table that Tesseract writes of what it found: tab-separated, one thing a line. */
final class TesseractTable {

    private static final int COLUMNS = 12;
    private static final String BLOCK = "2";
    private static final String WORD = "5";
    private static final double WHOLE = 100;

    private final List<Word> words = new ArrayList<>();
    private final List<Rect> blocks = new ArrayList<>();

    private TesseractTable() {}

    /** Lines that are not as they should be are left out. */
    static TesseractTable of(String tsv) {
        var table = new TesseractTable();
        tsv.lines().forEach(table::read);
        return table;
    }

    private void read(String line) {
        String[] cells = line.split("\t", -1);
        if (cells.length < COLUMNS || !(cells[0].equals(BLOCK) || cells[0].equals(WORD))) {
            return;
        }
        try {
            double left = Double.parseDouble(cells[6]);
            double top = Double.parseDouble(cells[7]);
            var bounds = new Rect(left, top, left + Double.parseDouble(cells[8]), top + Double.parseDouble(cells[9]));
            if (cells[0].equals(BLOCK)) {
                blocks.add(bounds);
            } else if (!cells[11].isBlank()) {
                double confidence = Math.clamp(Double.parseDouble(cells[10]) / WHOLE, 0.0, 1.0);
                words.add(new Word(String.join(".", cells[2], cells[3], cells[4]), bounds, confidence, cells[11]));
            }
        } catch (NumberFormatException e) {
            // no line of such a table
        }
    }

    /** In reading order. */
    List<Word> words() {
        return words;
    }

    /** Where anything was found, in pixels; a picture is a block without words. */
    List<Rect> blocks() {
        return blocks;
    }

    /** What the words say, line by line. */
    String text() {
        var text = new StringBuilder();
        String line = "";
        for (Word each : words) {
            if (!text.isEmpty()) {
                text.append(each.line().equals(line) ? ' ' : '\n');
            }
            text.append(each.text());
            line = each.line();
        }
        return text.toString();
    }

    /** The mean of the words' confidences, by their lengths; 0 without words. */
    static double confidence(List<Word> words) {
        double sum = words.stream()
                .mapToDouble(each -> each.confidence() * each.text().length())
                .sum();
        int length = words.stream().mapToInt(each -> each.text().length()).sum();
        return length == 0 ? 0 : Math.clamp(sum / length, 0.0, 1.0);
    }
}
