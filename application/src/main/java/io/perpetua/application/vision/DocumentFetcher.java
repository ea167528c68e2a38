package io.perpetua.application.vision;

import java.net.URI;
import java.nio.file.Path;

/** Fetches documents that are given by their address. Driven port; safe for concurrent use. */
public interface DocumentFetcher {

    /**
     * Writes what is at {@code address} into {@code file}, which may exist and is replaced.
     *
     * @return the media type that was named, in lower case, with its charset as the only parameter
     *     ({@code text/html; charset=utf-8}) where one was named; empty where no type was
     * @throws DocumentFailure where the address may not be asked, what is there is too large or missing (refused), or
     *     nobody answers in time (unavailable)
     */
    String fetch(URI address, Path file);
}
