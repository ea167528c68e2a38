package io.perpetua.adapters.documents;

import io.perpetua.adapters.documents.image.Pictures;
import io.perpetua.adapters.documents.layout.PageContent;
import io.perpetua.adapters.documents.layout.PageLayout;
import io.perpetua.adapters.documents.layout.Rect;
import io.perpetua.adapters.documents.layout.Region;
import io.perpetua.adapters.documents.markup.HtmlRegions;
import io.perpetua.adapters.documents.markup.MarkdownRegions;
import io.perpetua.adapters.documents.markup.VirtualPages;
import io.perpetua.adapters.documents.ocr.Recogniser;
import io.perpetua.adapters.documents.ocr.Recogniser.Recognised;
import io.perpetua.adapters.documents.pdf.PdfDocument;
import io.perpetua.application.vision.DocumentReader;
import io.perpetua.domain.vision.Page;
import io.perpetua.domain.vision.PageRegion;
import io.perpetua.domain.vision.RegionType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Reads documents in this process, and has text recognised where there are only pixels. Safe for concurrent use. */
public final class LocalReader implements DocumentReader {

    /** Pixels an inch of a PDF's pages. */
    public static final int RESOLUTION = 150;

    /** Of a page; one that is meant to be read has some dozens. */
    private static final int MOST_REGIONS = 2_000;

    /** Bytes of HTML or Markdown, which is held whole, and larger than it is written. */
    private static final long MOST_MARKUP = 4L << 20;

    private final DocumentLimits limits;
    private final @Nullable Recogniser recogniser;

    /** @param recogniser null where nothing is to be recognised */
    public LocalReader(DocumentLimits limits, @Nullable Recogniser recogniser) {
        this.limits = limits;
        this.recogniser = recogniser;
    }

    @Override
    public void read(Path document, String mediaType, int from, Pages pages) {
        checkSize(document, limits.bytes());
        var said = MediaType.of(mediaType);
        switch (Format.of(document, said)) {
            case PDF -> readPdf(document, from, pages);
            case PICTURE -> readPictures(document, from, pages);
            case HTML -> {
                checkSize(document, MOST_MARKUP);
                readMarkup(HtmlRegions.of(document, said.charset(), limits), from, pages);
            }
            case MARKDOWN -> {
                checkSize(document, MOST_MARKUP);
                readMarkup(MarkdownRegions.of(document, said, limits), from, pages);
            }
        }
    }

    private static void checkSize(Path document, long most) {
        try {
            long size = Files.size(document);
            if (size > most) {
                throw Failures.tooLarge("the document has " + size + " bytes, and " + most + " are allowed");
            }
        } catch (IOException e) {
            throw Failures.damaged("cannot be read", e);
        }
    }

    private void readPdf(Path document, int from, Pages pages) {
        try (var pdf = PdfDocument.open(document, limits)) {
            int count = pdf.pages();
            pages.count(count);
            for (int number = from; number <= count; number++) {
                int each = number;
                var content = pdf.content(number);
                var page = Boxes.page(number, content.width(), content.height(), RESOLUTION);
                pages.page(
                        page,
                        isScanned(content)
                                ? pixels(page, content, resolution -> pdf.image(each, resolution))
                                : exact(page, laidOut(content, number), content.named()));
            }
        }
    }

    private List<Region> laidOut(PageContent content, int number) {
        var regions = Effort.within(limits, number, () -> PageLayout.regions(content));
        if (regions.size() > MOST_REGIONS) {
            throw Failures.pageTooLarge(number, "it falls into more than " + MOST_REGIONS + " regions");
        }
        return regions;
    }

    /** Whether a page is a picture of one: without characters, and with something else. */
    private static boolean isScanned(PageContent content) {
        return content.glyphs().isEmpty()
                && content.turned().isEmpty()
                && !(content.pictures().isEmpty() && content.drawings().isEmpty());
    }

    private List<PageRegion> pixels(Page page, PageContent content, IntFunction<BufferedImage> image) {
        if (recogniser == null) {
            return unread(page, new Rect(0, 0, content.width(), content.height()));
        }
        int resolution = recogniser.pageResolution();
        return recognised(page, recogniser.page(image.apply(resolution), resolution));
    }

    private void readPictures(Path document, int from, Pages pages) {
        try (var pictures = Pictures.open(document, limits)) {
            pages.count(pictures.count());
            for (int number = from; number <= pictures.count(); number++) {
                var page = pictures.page(number);
                if (recogniser == null) {
                    pictures.image(number, page.resolution()); // a damaged one is told now
                    double points = 72.0 / page.resolution();
                    pages.page(page, unread(page, new Rect(0, 0, page.width() * points, page.height() * points)));
                } else {
                    int resolution = Math.min(recogniser.pageResolution(), 2 * page.resolution());
                    pages.page(page, recognised(page, recogniser.page(pictures.image(number, resolution), resolution)));
                }
            }
        }
    }

    private void readMarkup(List<VirtualPages.Part> parts, int from, Pages pages) {
        var virtual = VirtualPages.of(parts, limits.pages());
        pages.count(virtual.size());
        virtual.stream().skip(from - 1L).forEach(each -> pages.page(each.page(), each.regions()));
    }

    /** All that there is to say of a page whose text nobody recognises: that it is a picture. */
    private static List<PageRegion> unread(Page page, Rect bounds) {
        return List.of(new PageRegion(page.number(), 0, Boxes.of(bounds, page), RegionType.FIGURE, "", false, 0));
    }

    private static List<PageRegion> exact(Page page, List<Region> regions, double named) {
        var exact = new ArrayList<PageRegion>();
        for (Region each : regions) {
            boolean says = !each.text().isEmpty();
            exact.add(new PageRegion(
                    page.number(),
                    exact.size(),
                    Boxes.of(each.bounds(), page),
                    each.type(),
                    each.text(),
                    says,
                    says ? named : 0));
        }
        return exact;
    }

    private static List<PageRegion> recognised(Page page, List<Recognised> regions) {
        var found = new ArrayList<PageRegion>();
        for (Recognised each : regions) {
            found.add(new PageRegion(
                    page.number(),
                    found.size(),
                    Boxes.of(each.bounds(), page),
                    each.type(),
                    each.text(),
                    false,
                    each.confidence()));
        }
        return found;
    }
}
