package io.perpetua.adapters.vectordb.qdrant;

import io.perpetua.application.memory.IndexUnavailable;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.NamedVectors;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.Vectors;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/*
 * Whether the record has been refilled for this collection is said by a point of its own in it: it goes when the
 * collection goes, and any server keeps it as it keeps turns. Several instances may create, check and refill at once;
 * each step does nothing where it was done.
 */
/** The collection: made where it is not there, and checked where it is. Safe for concurrent use. */
final class Schema {

    /** What points are made of and how words are made; points of another format are put anew. */
    static final String FORMAT = "1";

    private static final String FORMAT_FIELD = "format";
    private static final String MARKER = "refilled";

    private final Connection connection;
    private final CollectionShape shape;
    private final String collection;
    private volatile boolean checked;
    private volatile boolean refilled;

    /**
     * A schema that nobody has looked at yet.
     *
     * @param dimensions of the vectors, null where there are to be none
     */
    Schema(Connection connection, QdrantSettings settings, @Nullable Integer dimensions) {
        this.connection = connection;
        this.shape = new CollectionShape(settings, dimensions);
        this.collection = settings.collection();
    }

    /** Uses the collection, once it is known to be there. */
    <T> T using(Deadline deadline, Function<Deadline, T> use) {
        try {
            ensure(deadline);
            return use.apply(deadline);
        } catch (IndexUnavailable e) {
            if (Connection.isNotFound(e)) {
                lost();
            }
            throw e;
        }
    }

    /**
     * Sees to it that the collection is there and of the right shape; costs nothing once it is known to be.
     *
     * @throws IndexUnavailable also when it is of another shape; then its cause is an {@link IllegalStateException}
     */
    void ensure(Deadline deadline) {
        if (!checked) {
            var info = find(deadline);
            if (info == null) {
                create(deadline);
                info = find(deadline);
            }
            if (info == null) {
                throw new IndexUnavailable("Qdrant has not made the collection " + collection, null);
            }
            check(info);
            for (var index : shape.missingIndexes(info)) {
                connection.points("index payload", deadline, points -> points.createFieldIndex(index));
            }
            checked = true;
        }
    }

    private @Nullable CollectionInfo find(Deadline deadline) {
        try {
            var request = GetCollectionInfoRequest.newBuilder()
                    .setCollectionName(collection)
                    .build();
            return connection
                    .collections("describe the collection", deadline, collections -> collections.get(request))
                    .getResult();
        } catch (IndexUnavailable e) {
            if (Connection.isNotFound(e)) {
                return null;
            }
            throw e;
        }
    }

    /** Another instance may be doing the same; whether it is there is looked at next. */
    private void create(Deadline deadline) {
        try {
            connection.collections(
                    "make the collection", deadline, collections -> collections.create(shape.creation()));
        } catch (IndexUnavailable e) {
            if (find(deadline) == null) {
                throw e;
            }
        }
    }

    private void check(CollectionInfo info) {
        List<String> differences = shape.differences(info);
        if (!differences.isEmpty()) {
            String told = "Qdrant's collection " + collection + " is of another shape: "
                    + String.join("; ", differences)
                    + ". Name another one as perpetua.qdrant.collection, and it is filled from the record.";
            throw new IndexUnavailable(told, new IllegalStateException(told));
        }
    }

    /** Says that the collection was not there when it was used: all that is known of it is void. */
    private void lost() {
        checked = false;
        refilled = false;
    }

    /** Whether every turn of the record is in the collection or on its way. */
    boolean isRefilled(Deadline deadline) {
        if (!refilled) {
            refilled = isMarked(deadline);
        }
        return refilled;
    }

    /** Asks whether the collection is there; costs a round trip. */
    void requireThere(Deadline deadline) {
        isMarked(deadline);
    }

    private boolean isMarked(Deadline deadline) {
        var request = GetPoints.newBuilder()
                .setCollectionName(collection)
                .addIds(TurnPoints.id(MARKER))
                .setWithPayload(WithPayloadSelectorFactory.enable(true))
                .build();
        return connection.points("find a point", deadline, points -> points.get(request)).getResultList().stream()
                .anyMatch(point -> FORMAT.equals(point.getPayloadMap()
                        .getOrDefault(FORMAT_FIELD, ValueFactory.nullValue())
                        .getStringValue()));
    }

    /** Notes that it is. */
    void noteRefilled(Deadline deadline) {
        var marker = PointStruct.newBuilder()
                .setId(TurnPoints.id(MARKER))
                .setVectors(Vectors.newBuilder()
                        .setVectors(NamedVectors.newBuilder().putVectors(TurnPoints.WORDS, TermVector.of(List.of()))))
                .putPayload(FORMAT_FIELD, ValueFactory.value(FORMAT))
                .build();
        var request = UpsertPoints.newBuilder()
                .setCollectionName(collection)
                .setWait(true)
                .addPoints(marker)
                .build();
        connection.points("take a point in", deadline, points -> points.upsert(request));
        refilled = true;
    }
}
