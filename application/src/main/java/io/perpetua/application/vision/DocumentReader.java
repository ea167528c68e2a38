package io.perpetua.application.vision;

import io.perpetua.domain.vision.Page;
import io.perpetua.domain.vision.PageRegion;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads documents page by page: a PDF, an image, HTML or Markdown, told apart by what they begin with and only then by
 * what they are said to be. The same document is always read into the same regions. Driven port; safe for concurrent
 * use; nothing in a document is executed or fetched.
 */
public interface DocumentReader {

    /** Takes the pages as they are read; what it throws ends the reading. */
    interface Pages {

        /** Told once, before the first page: how many there are. */
        void count(int pages);

        /** Told of every page in turn, also of one without regions. */
        void page(Page page, List<PageRegion> regions);
    }

    /**
     * Reads {@code document} from page {@code from} on.
     *
     * @param mediaType what it is said to be, with {@code ; charset=} where that was said; empty where nothing was
     * @param from the first page wanted, from 1; for going on where an earlier reading was broken off
     * @throws DocumentFailure where it is none of these, encrypted, damaged, or larger than is allowed (refused), or a
     *     service that reads it does not answer (unavailable)
     */
    void read(Path document, String mediaType, int from, Pages pages);
}
