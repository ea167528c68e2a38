package io.perpetua.adapters.vectordb.qdrant;

import io.grpc.Status;
import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CollectionParams;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.PayloadSchemaInfo;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.UpsertPoints;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The collections of the double. Safe for concurrent use. */
final class PointStore {

    private static final class Stored {
        final CreateCollection creation;
        final Map<String, PayloadSchemaInfo> indexes = new HashMap<>();
        final Map<String, PointStruct> points = new TreeMap<>();

        Stored(CreateCollection creation) {
            this.creation = creation;
        }
    }

    private final Map<String, Stored> collections = new HashMap<>();
    private int largestUpsert;
    private boolean losesAnswers;

    /** Loses every collection. */
    synchronized void lose() {
        collections.clear();
    }

    /** Whether what is put is taken, and its caller told that it was not. */
    synchronized void loseAnswers(boolean lost) {
        losesAnswers = lost;
    }

    /** The most points that came at once. */
    synchronized int largestUpsert() {
        return largestUpsert;
    }

    /** Every point of a collection. */
    synchronized Collection<PointStruct> points(String collection) {
        return List.copyOf(of(collection).points.values());
    }

    synchronized CreateCollection creation(String collection) {
        return of(collection).creation;
    }

    synchronized void create(CreateCollection creation) {
        if (collections.putIfAbsent(creation.getCollectionName(), new Stored(creation)) != null) {
            throw Status.ALREADY_EXISTS
                    .withDescription("Collection `" + creation.getCollectionName() + "` already exists!")
                    .asRuntimeException();
        }
    }

    synchronized CollectionInfo info(String collection) {
        var stored = of(collection);
        return CollectionInfo.newBuilder()
                .setConfig(CollectionConfig.newBuilder()
                        .setParams(CollectionParams.newBuilder()
                                .setVectorsConfig(stored.creation.getVectorsConfig())
                                .setSparseVectorsConfig(stored.creation.getSparseVectorsConfig())))
                .putAllPayloadSchema(stored.indexes)
                .setPointsCount(stored.points.size())
                .build();
    }

    synchronized void index(CreateFieldIndexCollection request) {
        of(request.getCollectionName())
                .indexes
                .put(
                        request.getFieldName(),
                        PayloadSchemaInfo.newBuilder()
                                .setParams(request.getFieldIndexParams())
                                .build());
    }

    synchronized void upsert(UpsertPoints request) {
        var stored = of(request.getCollectionName());
        largestUpsert = Math.max(largestUpsert, request.getPointsCount());
        for (PointStruct point : request.getPointsList()) {
            stored.points.put(key(point.getId()), StoredVectors.normalised(point, stored.creation));
        }
        if (losesAnswers) {
            throw Status.UNAVAILABLE.withDescription("the connection was lost").asRuntimeException();
        }
    }

    synchronized void delete(DeletePoints request) {
        of(request.getCollectionName())
                .points
                .values()
                .removeIf(point -> Filters.matches(request.getPoints().getFilter(), point.getPayloadMap()));
    }

    synchronized List<RetrievedPoint> get(String collection, List<PointId> ids) {
        var points = of(collection).points;
        return ids.stream()
                .map(id -> points.get(key(id)))
                .filter(Objects::nonNull)
                .map(point -> RetrievedPoint.newBuilder()
                        .setId(point.getId())
                        .putAllPayload(point.getPayloadMap())
                        .build())
                .toList();
    }

    synchronized List<ScoredPoint> query(String collection, QueryPoints query) {
        return QueryDouble.answer(query, of(collection).points.values());
    }

    private Stored of(String collection) {
        var stored = collections.get(collection);
        if (stored == null) {
            throw Status.NOT_FOUND
                    .withDescription("Not found: Collection `" + collection + "` doesn't exist!")
                    .asRuntimeException();
        }
        return stored;
    }

    private static String key(PointId id) {
        return id.getUuid();
    }
}
