package io.perpetua.adapters.documents.ocr;

import java.net.URI;
import java.time.Duration;

/**
 * Where a service is that recognises text, and how it is asked.
 *
 * @param url up to, and without, {@code /v1/ocr}
 * @param timeout of one call
 * @param retries how often a call is repeated that may succeed the next time
 * @param delay before the first repetition; each next one waits twice as long
 * @param jobTime how long a page may take it
 */
public record ServiceSettings(URI url, Duration timeout, int retries, Duration delay, Duration jobTime) {

    public ServiceSettings {
        if (url.getHost() == null || retries < 0) {
            throw new IllegalArgumentException("a service is at a URL with a host, and retries are none or more");
        }
    }
}
