package io.perpetua.domain.facts;

import org.jspecify.annotations.Nullable;

/**
 * A place in a source, as it was told.
 *
 * @param docId the document
 * @param page its page, from 1
 * @param regionId the region on it
 * @param pathLine a file and a line, such as {@code src/a.py:12}
 */
public record SourceAnchor(
        @Nullable String docId,
        @Nullable Integer page,
        @Nullable String regionId,
        @Nullable String pathLine) {}
