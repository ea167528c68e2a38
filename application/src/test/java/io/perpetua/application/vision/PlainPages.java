package io.perpetua.application.vision;

import io.perpetua.application.vision.DocumentFailure.Kind;
import io.perpetua.domain.vision.Box;
import io.perpetua.domain.vision.Fidelity;
import io.perpetua.domain.vision.Page;
import io.perpetua.domain.vision.PageRegion;
import io.perpetua.domain.vision.RegionType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Reads plain text: form feeds end pages, blank lines end regions, and one that begins with a type and a colon is of that
 * type. What begins with {@code scan:} is not exact, and is read by {@link #decode}. {@code !damaged} is refused, and so is
 * a region that says {@code !unreadable}. Safe for concurrent use.
 */
public final class PlainPages implements DocumentReader, RegionDecoder {

    private static final Page SHAPE = new Page(1, 850, 1_100, 100);
    private static final int LINE = 20;

    private final AtomicInteger decoded = new AtomicInteger();
    private volatile IntConsumer before = page -> {};

    /** From now on {@code listener} is told of each page's number before it is told to anybody else; it may throw. */
    public void before(IntConsumer listener) {
        before = listener;
    }

    /** How many regions were decoded. */
    public int decoded() {
        return decoded.get();
    }

    @Override
    public void read(Path document, String mediaType, int from, Pages pages) {
        String text = text(document);
        if (text.startsWith("!damaged")) {
            throw new DocumentFailure(Kind.REFUSED, "document_damaged", "the document is damaged", null);
        }
        String[] all = text.split("\f", -1);
        pages.count(all.length);
        for (int number = from; number <= all.length; number++) {
            before.accept(number);
            pages.page(
                    new Page(number, SHAPE.width(), SHAPE.height(), SHAPE.resolution()),
                    regions(number, all[number - 1]));
        }
    }

    private static List<PageRegion> regions(int page, String text) {
        var regions = new ArrayList<PageRegion>();
        for (String each : text.strip().split("\n\n+", -1)) {
            if (!each.isBlank()) {
                int colon = Math.max(0, each.indexOf(':'));
                var named = RegionType.of(each.substring(0, colon));
                boolean exact = !each.startsWith("scan:");
                var type = Objects.requireNonNullElse(named, RegionType.TEXT);
                String said = named == null && exact
                        ? each
                        : each.substring(colon + 1).strip();
                var box = new Box(50, LINE * (1 + regions.size()), 750, LINE);
                regions.add(new PageRegion(page, regions.size(), box, type, said, exact, exact ? 1 : 0.5));
            }
        }
        return regions;
    }

    @Override
    public Decoded decode(Path document, Page page, PageRegion region, Fidelity fidelity) {
        decoded.incrementAndGet();
        if (!text(document).contains(region.text()) || region.text().contains("!unreadable")) {
            throw new DocumentFailure(Kind.REFUSED, "region_unreadable", "the region cannot be read", null);
        }
        return new Decoded(fidelity.wire() + " " + region.text(), 0.75);
    }

    private static String text(Path document) {
        try {
            return Files.readString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
