package io.perpetua.adapters.documents;

import io.perpetua.application.vision.DocumentReader;
import io.perpetua.domain.vision.Page;
import io.perpetua.domain.vision.PageRegion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that was read of a document. */
public final class ReadPages implements DocumentReader.Pages {

    private final Map<Page, List<PageRegion>> pages = new LinkedHashMap<>();
    private int count;

    private ReadPages() {}

    public static ReadPages of(DocumentReader reader, Path document, String mediaType, int from) {
        var read = new ReadPages();
        reader.read(document, mediaType, from, read);
        return read;
    }

    public static ReadPages of(DocumentReader reader, Path document) {
        return of(reader, document, "", 1);
    }

    @Override
    public void count(int pages) {
        count = pages;
    }

    @Override
    public void page(Page page, List<PageRegion> regions) {
        pages.put(page, List.copyOf(regions));
    }

    public int count() {
        return count;
    }

    public List<Page> pages() {
        return List.copyOf(pages.keySet());
    }

    public List<PageRegion> regions() {
        var regions = new ArrayList<PageRegion>();
        pages.values().forEach(regions::addAll);
        return regions;
    }
}
