package io.perpetua.adapters.vectordb.qdrant;

import io.micronaut.context.annotation.Requires;
import io.perpetua.application.memory.Embedder;
import io.perpetua.application.vision.RegionIndex;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.RegionFilter;
import io.perpetua.domain.vision.RegionSignals;
import io.perpetua.domain.vision.RegionWords;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.UpsertPoints;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The index of regions in a collection of Qdrant beside that of turns, which any number of instances may share. Writes
 * return when Qdrant has applied and logged them, so nothing is left for {@link #flush}.
 */
@Singleton
@Requires(property = "perpetua.index", value = "qdrant")
final class QdrantRegionIndex implements RegionIndex, AutoCloseable {

    /** What the collection's name has behind that of turns. */
    private static final String SUFFIX = "_regions";

    /** How long Qdrant is left alone when it has failed. */
    private static final Duration REST = Duration.ofSeconds(5);

    private final QdrantSettings settings;
    private final @Nullable Integer dimensions;
    private final Connection connection;
    private final Schema schema;

    /**
     * The index that is configured; its collection is looked at, and made, when it is first used.
     *
     * @param embedder whose vectors it takes; null to index words only
     */
    @Inject
    QdrantRegionIndex(QdrantSettings turns, @Nullable Embedder embedder) {
        this(turns, embedder == null ? null : embedder.dimensions(), REST);
    }

    QdrantRegionIndex(QdrantSettings turns, @Nullable Integer dimensions, Duration rest) {
        this.settings = new QdrantSettings(
                turns.url(),
                turns.apiKey(),
                turns.collection() + SUFFIX,
                turns.timeout(),
                turns.writeTimeout(),
                turns.quantized(),
                turns.onDisk());
        this.dimensions = dimensions;
        connection = new Connection(settings, rest);
        schema = new Schema(connection, settings, dimensions);
    }

    @Override
    public void put(Scope scope, String document, int page, List<Indexed> regions) {
        delete(RegionPoints.pages(scope, document, page, page));
        if (!regions.isEmpty()) {
            var request = UpsertPoints.newBuilder()
                    .setCollectionName(settings.collection())
                    .setWait(true);
            regions.forEach(region -> request.addPoints(RegionPoints.of(scope, document, page, region, dimensions)));
            using(deadline -> connection.points("take regions in", deadline, points -> points.upsert(request.build())));
        }
    }

    @Override
    public void erase(Scope scope, String document, int after) {
        delete(RegionPoints.pages(scope, document, after + 1, Integer.MAX_VALUE));
    }

    private void delete(Filter which) {
        var request = DeletePoints.newBuilder()
                .setCollectionName(settings.collection())
                .setWait(true)
                .setPoints(PointsSelector.newBuilder().setFilter(which))
                .build();
        using(deadline -> connection.points("erase regions", deadline, points -> points.delete(request)));
    }

    @Override
    public void flush() {
        // Whatever returned is durable.
    }

    @Override
    public RegionSignals search(Scope scope, RegionFilter filter, String query, float @Nullable [] vector) {
        if (filter.documents() != null && filter.documents().isEmpty()) {
            return new RegionWords(List.of(), new int[0]).with(new float[0]);
        }
        float[] fitting = dimensions != null && vector != null && vector.length == dimensions ? vector : null;
        return using(deadline -> new RegionQuery(new Batch(connection, settings.collection()))
                .run(RegionPoints.passing(scope, filter), query, fitting, deadline));
    }

    @Override
    public boolean needsRebuild() {
        return using(deadline -> !schema.isRefilled(deadline));
    }

    @Override
    public void rebuilt() {
        using(deadline -> {
            schema.noteRefilled(deadline);
            return true;
        });
    }

    /** Uses the collection. No answer of a chat waits for more than one search. */
    private <T> T using(Function<Deadline, T> use) {
        return schema.using(Deadline.within(settings.writeTimeout()), use);
    }

    @Override
    @PreDestroy
    public void close() {
        connection.close();
    }
}
