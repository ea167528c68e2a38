package io.perpetua.adapters.documents.fetch;

import java.time.Duration;

/**
 * How documents are fetched.
 *
 * @param bytes that one may have
 * @param connect how long finding and reaching whoever has it may take
 * @param total how long all of it may take, redirects included
 * @param allowPrivate whether addresses may be asked that are not of the public Internet
 */
public record FetchSettings(long bytes, Duration connect, Duration total, boolean allowPrivate) {

    public FetchSettings {
        if (bytes < 1 || connect.isNegative() || connect.isZero() || total.isNegative() || total.isZero()) {
            throw new IllegalArgumentException("limits of fetching are above zero");
        }
    }
}
