package io.perpetua.adapters.vectordb.qdrant;

import static java.util.Objects.requireNonNull;

import io.micronaut.context.annotation.Requires;
import io.perpetua.application.memory.Embedder;
import io.perpetua.application.memory.IndexRefused;
import io.perpetua.application.memory.IndexUnavailable;
import io.perpetua.application.memory.IndexedTurn;
import io.perpetua.application.memory.TurnIndex;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.memory.LexicalSignals;
import io.perpetua.domain.memory.TurnSignals;
import io.qdrant.client.ConditionFactory;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.UpsertPoints;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The turn index in a collection of Qdrant, which any number of instances may share: whatever they put, in whatever order
 * and however often, comes to the same points. Writes return when Qdrant has applied and logged them, so nothing is left
 * for {@link #flush}.
 */
@Singleton
@Requires(property = "perpetua.index", value = "qdrant")
final class QdrantTurnIndex implements TurnIndex, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QdrantTurnIndex.class);

    /** Turns that are put at once: with their vectors some hundred kilobytes. */
    private static final int BATCH = 64;

    /** Turns whose columns are kept on the heap: some ten megabytes. */
    private static final int KNOWN_TURNS = 200_000;

    /** How long Qdrant is left alone when it has failed. */
    private static final Duration REST = Duration.ofSeconds(5);

    private final QdrantSettings settings;
    private final @Nullable Integer dimensions;
    private final Connection connection;
    private final Schema schema;
    private final KnownTurns known = new KnownTurns(KNOWN_TURNS);
    private final Means means = new Means();

    /**
     * The index that is configured. The collection is looked at right away, and made where it is not there; if Qdrant does
     * not answer, that is done when it does.
     *
     * @param embedder whose vectors it takes; null to index words only
     * @throws IllegalStateException when the collection is of another shape
     */
    @Inject
    QdrantTurnIndex(QdrantSettings settings, @Nullable Embedder embedder) {
        this(settings, embedder == null ? null : embedder.dimensions(), REST);
        try {
            schema.ensure(writing());
        } catch (IndexUnavailable e) {
            if (e.getCause() instanceof IllegalStateException mismatch) {
                close();
                throw mismatch;
            }
            LOG.warn("The index is away: {}", e.getMessage());
        }
    }

    /** An index that looks at the collection when it is first used, for vectors of so many {@code dimensions}. */
    QdrantTurnIndex(QdrantSettings settings, @Nullable Integer dimensions, Duration rest) {
        this.settings = settings;
        this.dimensions = dimensions;
        connection = new Connection(settings, rest);
        schema = new Schema(connection, settings, dimensions);
    }

    @Override
    public void put(List<IndexedTurn> turns) {
        for (int from = 0; from < turns.size(); from += BATCH) {
            putBatch(turns.subList(from, Math.min(turns.size(), from + BATCH)));
        }
    }

    private void putBatch(List<IndexedTurn> turns) {
        List<PointStruct> points = new ArrayList<>(turns.size());
        for (IndexedTurn turn : turns) {
            points.add(TurnPoints.of(TurnPoints.key(turn.scope(), turn.branch()), turn, dimensions));
        }
        var request = UpsertPoints.newBuilder()
                .setCollectionName(settings.collection())
                .setWait(true)
                .addAllPoints(points)
                .build();
        schema.using(writing(), deadline -> upsert(request, deadline));
        for (PointStruct point : points) {
            Columns columns = Columns.of(point.getPayloadMap());
            if (columns != null) {
                known.put(point.getPayloadOrThrow(TurnPoints.BRANCH).getStringValue(), columns);
            }
        }
    }

    private PointsOperationResponse upsert(UpsertPoints request, Deadline deadline) {
        try {
            return connection.points("take turns in", deadline, stub -> stub.upsert(request));
        } catch (IndexUnavailable e) {
            if (Connection.isRefusal(e)) {
                LOG.debug("Turns are refused", e);
                throw new IndexRefused(e);
            }
            throw e;
        }
    }

    @Override
    public void erase(Scope scope, String branch, int after) {
        String key = TurnPoints.key(scope, branch);
        var gone = Filter.newBuilder()
                .addMust(ConditionFactory.matchKeyword(TurnPoints.BRANCH, key))
                .addMust(ConditionFactory.range(
                        Columns.NUMBER, Range.newBuilder().setGt(after).build()));
        var request = DeletePoints.newBuilder()
                .setCollectionName(settings.collection())
                .setWait(true)
                .setPoints(PointsSelector.newBuilder().setFilter(gone))
                .build();
        schema.using(writing(), deadline -> connection.points("erase turns", deadline, stub -> stub.delete(request)));
        known.forget(key, after + 1);
    }

    @Override
    public void flush() {
        // Whatever returned is durable.
    }

    /** Of no path nothing is found, but Qdrant is asked whether it is there. */
    @Override
    public TurnSignals search(Scope scope, List<PathSegment> path, String query, float @Nullable [] queryVector) {
        var parts = Stretches.parts(scope, path);
        return schema.using(Deadline.within(settings.timeout()), deadline -> {
            if (parts.isEmpty()) {
                schema.requireThere(deadline);
                var nothing = Columns.table(List.of());
                return new LexicalSignals(nothing).with(nothing, new float[0]);
            }
            float[] vector =
                    dimensions != null && queryVector != null && queryVector.length == dimensions ? queryVector : null;
            var found = search(parts, known, query, vector, deadline);
            return found == null ? searchAfresh(parts, query, vector, deadline) : found;
        });
    }

    private @Nullable TurnSignals search(
            List<Stretches.Part> parts, KnownTurns known, String query, float @Nullable [] vector, Deadline deadline) {
        return new PathSearch(() -> new Batch(connection, settings.collection()), known, means, parts)
                .run(query, vector, deadline);
    }

    /** What was known has turned out to be out of date. */
    private TurnSignals searchAfresh(
            List<Stretches.Part> parts, String query, float @Nullable [] vector, Deadline deadline) {
        return requireNonNull(
                search(parts, new KnownTurns(KNOWN_TURNS), query, vector, deadline), "nothing known is out of date");
    }

    @Override
    public boolean needsRebuild() {
        return schema.using(writing(), deadline -> !schema.isRefilled(deadline));
    }

    @Override
    public void rebuilding() {
        schema.using(writing(), deadline -> {
            schema.noteRefilled(deadline);
            return true;
        });
    }

    private Deadline writing() {
        return Deadline.within(settings.writeTimeout());
    }

    @Override
    @PreDestroy
    public void close() {
        connection.close();
    }
}
