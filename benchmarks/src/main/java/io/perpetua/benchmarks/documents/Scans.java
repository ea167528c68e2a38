package io.perpetua.benchmarks.documents;

import io.perpetua.adapters.documents.Boxes;
import io.perpetua.adapters.documents.DocumentLimits;
import io.perpetua.adapters.documents.LocalDecoder;
import io.perpetua.adapters.documents.LocalReader;
import io.perpetua.adapters.documents.layout.Rect;
import io.perpetua.adapters.documents.ocr.Recogniser;
import io.perpetua.adapters.documents.sample.Comparison;
import io.perpetua.adapters.documents.sample.Known;
import io.perpetua.adapters.documents.sample.Manual;
import io.perpetua.benchmarks.memory.Table;
import io.perpetua.domain.vision.Fidelity;
import io.perpetua.domain.vision.Page;
import io.perpetua.domain.vision.PageRegion;
import io.perpetua.domain.vision.RegionType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was recognised of pages that are pictures. */
record Scans(Comparison layout, List<Scans.AtFidelity> fidelities) {

    private static final double WIDTH = 595.28;
    private static final double HEIGHT = 841.89;
    private static final double NANOS = 1e6;

    /**
     * One fidelity.
     *
     * @param accuracy share of the words that are right, mean of the regions
     * @param confidence as it was measured by the recogniser, mean of the regions
     * @param milliseconds for a region, mean
     */
    record AtFidelity(
            Fidelity fidelity, int resolution, int regions, double accuracy, double confidence, double milliseconds) {}

    static Scans measure(Manual manual, Path scan, Recogniser recogniser, Comparison layout) {
        var decoder = new LocalDecoder(DocumentLimits.DEFAULT, recogniser);
        var regions = manual.regions().stream()
                .filter(each -> each.type() != RegionType.FIGURE)
                .toList();
        var fidelities = new ArrayList<AtFidelity>();
        for (Fidelity fidelity : Fidelity.values()) {
            double accuracy = 0;
            double confidence = 0;
            long start = System.nanoTime();
            for (Known each : regions) {
                var page = Boxes.page(each.page(), WIDTH, HEIGHT, LocalReader.RESOLUTION);
                var decoded = decoder.decode(scan, page, unread(each, page), fidelity);
                accuracy += Comparison.wordAccuracy(each.text(), decoded.text());
                confidence += decoded.confidence();
            }
            fidelities.add(new AtFidelity(
                    fidelity,
                    recogniser.resolution(fidelity),
                    regions.size(),
                    accuracy / regions.size(),
                    confidence / regions.size(),
                    (System.nanoTime() - start) / NANOS / regions.size()));
        }
        return new Scans(layout, fidelities);
    }

    private static PageRegion unread(Known known, Page page) {
        var bounds = new Rect(known.left(), known.top(), known.right(), known.bottom());
        return new PageRegion(known.page(), 0, Boxes.of(bounds, page), known.type(), "", false, 0);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    Map<String, Object> json() {
        var document = new LinkedHashMap<String, Object>();
        document.put("right_types", layout.rightTypes());
        document.put("word_accuracy_by_layout", layout.wordAccuracy());
        var each = new LinkedHashMap<String, Object>();
        fidelities.forEach(at -> each.put(
                at.fidelity().wire(),
                Map.of(
                        "resolution", at.resolution(),
                        "word_accuracy", at.accuracy(),
                        "confidence", at.confidence(),
                        "milliseconds", at.milliseconds())));
        document.put("fidelities", each);
        return document;
    }

    @Override
    public String toString() {
        var table = new Table("scans", "pixels an inch", "words right, %", "confidence, %", "ms a region");
        for (AtFidelity at : fidelities) {
            table.row(List.of(
                    at.fidelity().wire(),
                    Integer.toString(at.resolution()),
                    percent(at.accuracy()),
                    percent(at.confidence()),
                    String.format(Locale.ROOT, "%.0f", at.milliseconds())));
        }
        return "Of scanned pages, found by their layout: right types %s %%, words %s %%.%n"
                        .formatted(percent(layout.rightTypes()), percent(layout.wordAccuracy()))
                + table + "\n";
    }
}
