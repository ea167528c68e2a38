package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.perpetua.adapters.vectordb.qdrant.QdrantSettings;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Where the index is that several instances share, as configured. */
@Factory
final class SharedIndex {

    private static final String QDRANT = "qdrant";

    /** Those who can do without wait this long for an index of this process that does not move: it will. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What those wait for an index elsewhere, as a part of what a search may take. */
    private static final int SHARE = 4;

    @Singleton
    @Requires(property = "perpetua.index", value = QDRANT)
    QdrantSettings qdrantSettings(Settings settings) {
        return qdrant(settings);
    }

    /** Nothing where the index is not shared. */
    static Optional<QdrantSettings> find(Settings settings) {
        return isShared(settings) ? Optional.of(qdrant(settings)) : Optional.empty();
    }

    private static boolean isShared(Settings settings) {
        return settings.get(Keys.INDEX).equals(QDRANT);
    }

    private static QdrantSettings qdrant(Settings settings) {
        var url = settings.find(Keys.QDRANT_URL);
        if (url == null) {
            throw new IllegalArgumentException(
                    "the index is qdrant, but nothing says where that is; set QDRANT_URL, or " + Keys.QDRANT_URL.full()
                            + ", to a URL such as http://qdrant:6334");
        }
        return new QdrantSettings(
                url,
                settings.find(Keys.QDRANT_KEY),
                settings.get(Keys.QDRANT_COLLECTION),
                settings.get(Keys.QDRANT_TIMEOUT),
                settings.get(Keys.QDRANT_WRITE_TIMEOUT),
                settings.get(Keys.QDRANT_QUANTIZED),
                settings.get(Keys.QDRANT_ON_DISK));
    }

    /** How long those who can do without wait for an index that does not move. */
    static Duration patience(Settings settings) {
        return isShared(settings) ? settings.get(Keys.QDRANT_TIMEOUT).dividedBy(SHARE) : PATIENCE;
    }
}
