package io.perpetua.benchmarks.documents;

import io.perpetua.adapters.documents.DocumentLimits;
import io.perpetua.adapters.documents.LocalReader;
import io.perpetua.adapters.documents.sample.Comparison;
import io.perpetua.adapters.documents.sample.Manual;
import io.perpetua.benchmarks.memory.Table;
import io.perpetua.domain.vision.RegionType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How a manual was read that has a text layer. */
record TextLayer(int pages, int questions, double seconds, double again, Comparison comparison) {

    private static final double NANOS = 1e9;

    /** Reads it twice: as a server does that has just been started, and as one that has not. */
    static TextLayer measure(Path file, Manual manual, int pages) {
        var reader = new LocalReader(DocumentLimits.DEFAULT, null);
        long start = System.nanoTime();
        Comparison.of(manual, reader, file);
        long middle = System.nanoTime();
        var comparison = Comparison.of(manual, reader, file);
        long end = System.nanoTime();
        return new TextLayer(
                pages, manual.questions().size(), (middle - start) / NANOS, (end - middle) / NANOS, comparison);
    }

    private double right(RegionType type) {
        var of = comparison.pairs().entrySet().stream()
                .filter(pair -> pair.getKey().type() == type)
                .toList();
        long right = of.stream()
                .filter(pair -> pair.getValue() != null && pair.getValue().type() == type)
                .count();
        return of.isEmpty() ? Double.NaN : (double) right / of.size();
    }

    private long count(RegionType type) {
        return comparison.pairs().keySet().stream()
                .filter(each -> each.type() == type)
                .count();
    }

    Map<String, Object> json() {
        var document = new LinkedHashMap<String, Object>();
        document.put("pages", pages);
        document.put("questions", questions);
        document.put("seconds", seconds);
        document.put("seconds_again", again);
        document.put("regions", comparison.pairs().size());
        document.put("regions_read", comparison.read());
        document.put("right_types", comparison.rightTypes());
        document.put("exact_texts", comparison.exactTexts());
        document.put("word_accuracy", comparison.wordAccuracy());
        return document;
    }

    @Override
    public String toString() {
        var table = new Table("text layer", "regions", "right type, %");
        for (RegionType type : RegionType.values()) {
            table.row(List.of(type.wire(), Long.toString(count(type)), Scans.percent(right(type))));
        }
        return "%d pages read in %.1f s, and again in %.1f s: %d regions, %d expected.%n"
                        .formatted(
                                pages,
                                seconds,
                                again,
                                comparison.read(),
                                comparison.pairs().size())
                + String.format(
                        Locale.ROOT,
                        "Right types %s %%, texts the same to the character %s %%, words %s %%.%n",
                        Scans.percent(comparison.rightTypes()),
                        Scans.percent(comparison.exactTexts()),
                        Scans.percent(comparison.wordAccuracy()))
                + table + "\n";
    }
}
