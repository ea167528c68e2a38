package io.perpetua.adapters.vectordb.qdrant;

import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.NamedVectorsOutput;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.SparseVector;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.VectorInput;
import io.qdrant.client.grpc.Points.VectorOutput;
import io.qdrant.client.grpc.Points.VectorsOutput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Qdrant answers to a query: nearest vectors, or without one points by their ids. */
final class QueryDouble {

    private static final int USUAL_LIMIT = 10;

    private QueryDouble() {}

    static List<ScoredPoint> answer(QueryPoints query, Collection<PointStruct> points) {
        var nearest = query.getQuery().getNearest();
        Map<Integer, Double> idf = nearest.hasSparse() ? idf(nearest.getSparse(), query.getUsing(), points) : Map.of();
        float[] direction = direction(nearest);
        List<ScoredPoint> found = new ArrayList<>();
        for (PointStruct point : points) {
            if (Filters.matches(query.getFilter(), point.getPayloadMap())) {
                Float score = query.hasQuery() ? score(query, point, idf, direction) : Float.valueOf(0);
                if (score != null) {
                    found.add(answer(query, point, score));
                }
            }
        }
        if (query.hasQuery()) {
            found.sort(Comparator.comparingDouble((ScoredPoint point) -> point.getScore())
                    .reversed());
        }
        return found.subList(0, (int) Math.min(found.size(), query.hasLimit() ? query.getLimit() : USUAL_LIMIT));
    }

    /** Null where the point has no such vector, or of a sparse one nothing that is sought. */
    private static @Nullable Float score(
            QueryPoints query, PointStruct point, Map<Integer, Double> idf, float[] direction) {
        var vector = point.getVectors().getVectors().getVectorsMap().get(query.getUsing());
        if (vector == null) {
            return null;
        }
        var nearest = query.getQuery().getNearest();
        return switch (nearest.getVariantCase()) {
            case SPARSE -> overlap(nearest.getSparse(), vector.getSparse(), idf);
            case DENSE -> cosine(direction, List.of(vector.getDense()));
            case MULTI_DENSE -> cosine(direction, vector.getMultiDense().getVectorsList());
            default -> throw StoredVectors.invalid("no such query here: " + nearest.getVariantCase());
        };
    }

    /** The unit vector that points are compared with; nothing for other queries. */
    private static float[] direction(VectorInput nearest) {
        var vector = nearest.hasMultiDense() ? nearest.getMultiDense().getVectors(0) : nearest.getDense();
        var unit = StoredVectors.unit(vector.getDataList());
        float[] direction = new float[unit.getDataCount()];
        for (int i = 0; i < direction.length; i++) {
            direction[i] = unit.getData(i);
        }
        return direction;
    }

    private static Float cosine(float[] direction, List<DenseVector> vectors) {
        double best = Double.NEGATIVE_INFINITY;
        for (DenseVector vector : vectors) {
            if (vector.getDataCount() != direction.length) {
                throw StoredVectors.invalid("Vector dimension error");
            }
            double sum = 0;
            for (int i = 0; i < direction.length; i++) {
                sum += (double) direction[i] * vector.getData(i);
            }
            best = Math.max(best, sum);
        }
        return (float) best;
    }

    private static @Nullable Float overlap(SparseVector query, SparseVector vector, Map<Integer, Double> idf) {
        Map<Integer, Float> values = new HashMap<>();
        for (int i = 0; i < vector.getIndicesCount(); i++) {
            values.put(vector.getIndices(i), vector.getValues(i));
        }
        double sum = 0;
        boolean any = false;
        for (int i = 0; i < query.getIndicesCount(); i++) {
            Float value = values.get(query.getIndices(i));
            if (value != null) {
                any = true;
                sum += query.getValues(i) * value * idf.getOrDefault(query.getIndices(i), 0.0);
            }
        }
        return any ? (float) sum : null;
    }

    private static Map<Integer, Double> idf(SparseVector query, String using, Collection<PointStruct> points) {
        Map<Integer, Integer> having = new HashMap<>();
        query.getIndicesList().forEach(index -> having.put(index, 0));
        for (PointStruct point : points) {
            var vector = point.getVectors().getVectors().getVectorsOrDefault(using, Vector.getDefaultInstance());
            vector.getSparse().getIndicesList().forEach(index -> having.computeIfPresent(index, (_, n) -> n + 1));
        }
        Map<Integer, Double> idf = new HashMap<>();
        having.forEach((index, n) -> idf.put(index, Math.log(1 + (points.size() - n + 0.5) / (n + 0.5))));
        return idf;
    }

    private static ScoredPoint answer(QueryPoints query, PointStruct point, float score) {
        var answer = ScoredPoint.newBuilder().setId(point.getId()).setScore(score);
        var fields = query.getWithPayload().getInclude().getFieldsList();
        point.getPayloadMap().forEach((field, value) -> {
            if (fields.contains(field)) {
                answer.putPayload(field, value);
            }
        });
        var names = query.getWithVectors().getInclude().getNamesList();
        var vectors = NamedVectorsOutput.newBuilder();
        point.getVectors().getVectors().getVectorsMap().forEach((name, vector) -> {
            if (names.contains(name)) {
                vectors.putVectors(name, output(vector));
            }
        });
        return answer.setVectors(VectorsOutput.newBuilder().setVectors(vectors)).build();
    }

    private static VectorOutput output(Vector vector) {
        var output = VectorOutput.newBuilder();
        return switch (vector.getVectorCase()) {
            case SPARSE -> output.setSparse(vector.getSparse()).build();
            case MULTI_DENSE -> output.setMultiDense(vector.getMultiDense()).build();
            default -> output.setDense(vector.getDense()).build();
        };
    }
}
