package io.perpetua.adapters.vectordb.qdrant;

import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.SparseVector;
import io.qdrant.client.grpc.Points.VectorOutput;
import java.util.ArrayList;
import java.util.List;

/** Reads the vectors of points as servers of any version since 1.10 write them: newer ones have a field for each kind. */
final class VectorsOf {

    private VectorsOf() {}

    @SuppressWarnings("deprecation") // what servers before 1.16 write
    static SparseVector sparse(ScoredPoint point, String name) {
        VectorOutput vector = of(point, name);
        return vector.hasSparse()
                ? vector.getSparse()
                : SparseVector.newBuilder()
                        .addAllIndices(vector.getIndices().getDataList())
                        .addAllValues(vector.getDataList())
                        .build();
    }

    /** The parts of a multivector, none when the point has not got it. */
    @SuppressWarnings("deprecation") // what servers before 1.16 write: all components in a row
    static List<DenseVector> several(ScoredPoint point, String name) {
        VectorOutput vector = of(point, name);
        if (vector.hasMultiDense()) {
            return vector.getMultiDense().getVectorsList();
        }
        int count = Math.max(1, vector.getVectorsCount());
        int size = vector.getDataCount() / count;
        List<DenseVector> parts = new ArrayList<>();
        for (int at = 0; size > 0 && at < vector.getDataCount(); at += size) {
            parts.add(DenseVector.newBuilder()
                    .addAllData(vector.getDataList().subList(at, at + size))
                    .build());
        }
        return parts;
    }

    private static VectorOutput of(ScoredPoint point, String name) {
        return point.getVectors().getVectors().getVectorsOrDefault(name, VectorOutput.getDefaultInstance());
    }
}
