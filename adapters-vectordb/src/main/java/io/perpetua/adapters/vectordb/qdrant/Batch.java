package io.perpetua.adapters.vectordb.qdrant;

import io.perpetua.adapters.vectordb.qdrant.Stretches.Part;
import io.perpetua.adapters.vectordb.qdrant.Stretches.Stretch;
import io.qdrant.client.QueryFactory;
import io.qdrant.client.VectorInputFactory;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.WithVectorsSelectorFactory;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.QueryBatchPoints;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.SearchParams;
import io.qdrant.client.grpc.Points.SparseVector;
import io.qdrant.client.grpc.Points.VectorInput;
import java.util.ArrayList;
import java.util.List;

/** Queries that are asked in one round trip. Used once, by one thread. */
final class Batch {

    /** What one of the queries has found, once they have been asked. */
    static final class Found {
        private List<ScoredPoint> points = List.of();

        List<ScoredPoint> points() {
            return points;
        }
    }

    private final Connection connection;
    private final String collection;
    private final QueryBatchPoints.Builder request;
    private final List<Found> found = new ArrayList<>();

    Batch(Connection connection, String collection) {
        this.connection = connection;
        this.collection = collection;
        this.request = QueryBatchPoints.newBuilder().setCollectionName(collection);
    }

    /** The columns of turns. */
    Found columns(Part part) {
        return add(query(part.turns())
                .setFilter(part.filter())
                .setWithPayload(WithPayloadSelectorFactory.include(Columns.FIELDS)));
    }

    /** The turns that have one of the words, with their words. */
    Found words(Stretch stretch, SparseVector words) {
        return add(numbers(stretch)
                .setQuery(QueryFactory.nearest(
                        VectorInput.newBuilder().setSparse(words).build()))
                .setUsing(TurnPoints.WORDS)
                .setWithVectors(WithVectorsSelectorFactory.include(List.of(TurnPoints.WORDS))));
    }

    /** The cosine of each of the vectors called {@code name} with {@code telling}; of several a turn has, the best. */
    Found nearest(Stretch stretch, String name, float[] telling) {
        return add(numbers(stretch)
                .setQuery(name.equals(TurnPoints.DENSE) ? several(telling) : QueryFactory.nearest(telling))
                .setUsing(name)
                .setParams(SearchParams.newBuilder().setExact(true)));
    }

    private static Query several(float[] vector) {
        return QueryFactory.nearest(VectorInputFactory.multiVectorInput(new float[][] {vector}));
    }

    /** The vectors of some turns of a path, in the order of their ids. */
    Found vectors(Stretch path, int most) {
        return add(query(most)
                .setFilter(path.filter())
                .setWithVectors(WithVectorsSelectorFactory.include(List.of(TurnPoints.DENSE))));
    }

    /** What of the points passes, with these fields. */
    Found passing(Filter passing, int most, List<String> fields) {
        return add(fields(passing, most, fields));
    }

    /** Those that have one of the words, the best first, with their words. */
    Found having(Filter passing, int most, List<String> fields, SparseVector words) {
        return add(fields(passing, most, fields)
                .setQuery(QueryFactory.nearest(
                        VectorInput.newBuilder().setSparse(words).build()))
                .setUsing(TurnPoints.WORDS)
                .setWithVectors(WithVectorsSelectorFactory.include(List.of(TurnPoints.WORDS))));
    }

    /** The nearest ones, with the best cosine of the vectors that each has. */
    Found near(Filter passing, int most, List<String> fields, float[] vector) {
        return add(fields(passing, most, fields)
                .setQuery(several(vector))
                .setUsing(TurnPoints.DENSE)
                .setParams(SearchParams.newBuilder().setExact(true)));
    }

    private QueryPoints.Builder fields(Filter passing, int most, List<String> fields) {
        return query(most).setFilter(passing).setWithPayload(WithPayloadSelectorFactory.include(fields));
    }

    private QueryPoints.Builder numbers(Stretch stretch) {
        return query(stretch.turns())
                .setFilter(stretch.filter())
                .setWithPayload(WithPayloadSelectorFactory.include(List.of(Columns.NUMBER)));
    }

    private QueryPoints.Builder query(int most) {
        return QueryPoints.newBuilder().setCollectionName(collection).setLimit(most);
    }

    private Found add(QueryPoints.Builder query) {
        request.addQueryPoints(query);
        found.add(new Found());
        return found.getLast();
    }

    /** Asks what was added. */
    void ask(Deadline deadline) {
        var answers = connection
                .points("search", deadline, points -> points.queryBatch(request.build()))
                .getResultList();
        for (int i = 0; i < answers.size(); i++) {
            found.get(i).points = answers.get(i).getResultList();
        }
    }
}
