package io.perpetua.adapters.vectordb.qdrant;

import io.grpc.Status;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.MultiDenseVector;
import io.qdrant.client.grpc.Points.NamedVectors;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.Vectors;
import java.util.List;

/** How points are stored: vectors that are compared by their cosine have length 1. */
final class StoredVectors {

    private StoredVectors() {}

    /** The point as a collection keeps it; refuses what the collection has no place for. */
    static PointStruct normalised(PointStruct point, CreateCollection collection) {
        var vectors = NamedVectors.newBuilder();
        point.getVectors().getVectors().getVectorsMap().forEach((name, vector) -> {
            if (collection.getSparseVectorsConfig().containsMap(name)) {
                vectors.putVectors(name, distinct(vector));
            } else {
                var params =
                        collection.getVectorsConfig().getParamsMap().getMapMap().get(name);
                if (params == null) {
                    throw invalid("Not existing vector name error: " + name);
                }
                vectors.putVectors(name, normalised(vector, params));
            }
        });
        return point.toBuilder()
                .setVectors(Vectors.newBuilder().setVectors(vectors))
                .build();
    }

    private static Vector distinct(Vector vector) {
        if (!vector.hasSparse()
                || vector.getSparse().getIndicesList().stream().distinct().count()
                        != vector.getSparse().getValuesCount()) {
            throw invalid("a sparse vector needs distinct indices, and a value for each");
        }
        return vector;
    }

    private static Vector normalised(Vector vector, VectorParams params) {
        if (params.hasMultivectorConfig()) {
            var several = MultiDenseVector.newBuilder();
            vector.getMultiDense().getVectorsList().forEach(each -> several.addVectors(unit(each, params)));
            if (several.getVectorsCount() == 0) {
                throw invalid("a multivector needs a vector");
            }
            return Vector.newBuilder().setMultiDense(several).build();
        }
        return Vector.newBuilder().setDense(unit(vector.getDense(), params)).build();
    }

    private static DenseVector unit(DenseVector vector, VectorParams params) {
        if (vector.getDataCount() != params.getSize()) {
            throw invalid(
                    "Vector dimension error: expected dim: " + params.getSize() + ", got " + vector.getDataCount());
        }
        return unit(vector.getDataList());
    }

    /** A zero vector stays one. */
    static DenseVector unit(List<Float> vector) {
        double length =
                Math.sqrt(vector.stream().mapToDouble(x -> (double) x * x).sum());
        var unit = DenseVector.newBuilder();
        vector.forEach(x -> unit.addData(length == 0 ? x : (float) (x / length)));
        return unit.build();
    }

    static RuntimeException invalid(String message) {
        return Status.INVALID_ARGUMENT.withDescription(message).asRuntimeException();
    }
}
