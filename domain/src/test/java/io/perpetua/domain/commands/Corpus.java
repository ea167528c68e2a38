package io.perpetua.domain.commands;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Command lines with their classes, written from the manuals before there were rules. */
final class Corpus {

    private Corpus() {}

    /**
     * A line.
     *
     * @param number of the line in its file
     */
    record Line(CommandClass kind, int number, String text) {}

    /** Every line of a class. */
    static List<Line> of(CommandClass kind) {
        try (var in = Objects.requireNonNull(Corpus.class.getResourceAsStream("/commands/" + kind.wire() + ".txt"))) {
            var lines = new ArrayList<Line>();
            int number = 0;
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                number++;
                if (!line.startsWith("## ") && !line.isEmpty()) {
                    lines.add(new Line(kind, number, line.startsWith("@") ? unescaped(line.substring(1)) : line));
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every line. */
    static List<Line> all() {
        var all = new ArrayList<Line>();
        for (CommandClass kind : CommandClass.values()) {
            all.addAll(of(kind));
        }
        return all;
    }

    /** Whether it was kept back while the rules were written. */
    static boolean heldBack(Line line) {
        return line.number() % 3 == 0;
    }

    private static String unescaped(String line) {
        var text = new StringBuilder();
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escaped = line.charAt(at++);
            switch (escaped) {
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case 'r' -> text.append('\r');
                case 'u' -> {
                    text.append((char) Integer.parseInt(line.substring(at, at + 4), 16));
                    at += 4;
                }
                default -> text.append(escaped);
            }
        }
        return text.toString();
    }
}
