package io.perpetua.adapters.vectordb.qdrant;

import io.perpetua.adapters.vectordb.words.Words;
import io.perpetua.application.vision.RegionIndex.Indexed;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.RegionFilter;
import io.perpetua.domain.vision.RegionId;
import io.perpetua.domain.vision.RegionType;
import io.qdrant.client.ConditionFactory;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.VectorFactory;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.NamedVectors;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a region is a point of a collection that is shaped as that of turns: its scope is the branch, its page the number.
 * The same region is always the same point, whoever puts it.
 */
final class RegionPoints {

    static final String DOCUMENT = "document";
    static final String ORDINAL = "ordinal";
    static final String TYPE = "type";
    static final String LENGTH = "length";
    static final List<String> FIELDS = List.of(DOCUMENT, Columns.NUMBER, ORDINAL, TYPE, LENGTH);

    private static final String BRANCH = "regions";

    private RegionPoints() {}

    static String key(Scope scope) {
        return TurnPoints.key(scope, BRANCH);
    }

    /**
     * The point of a region.
     *
     * @param dimensions of the vectors that the collection takes, null for none; others are left out
     */
    static PointStruct of(Scope scope, String document, int page, Indexed region, @Nullable Integer dimensions) {
        List<String> words = Words.of(region.text());
        var vectors = NamedVectors.newBuilder().putVectors(TurnPoints.WORDS, TermVector.of(words));
        var dense = TurnPoints.fitting(region.vectors(), dimensions);
        if (dense.length > 0) {
            vectors.putVectors(TurnPoints.DENSE, VectorFactory.multiVector(dense));
        }
        String name = String.join("\0", key(scope), document, page + "", region.ordinal() + "");
        return PointStruct.newBuilder()
                .setId(TurnPoints.id(name))
                .setVectors(Vectors.newBuilder().setVectors(vectors))
                .putPayload(TurnPoints.BRANCH, ValueFactory.value(key(scope)))
                .putPayload(DOCUMENT, ValueFactory.value(document))
                .putPayload(Columns.NUMBER, ValueFactory.value(page))
                .putPayload(ORDINAL, ValueFactory.value(region.ordinal()))
                .putPayload(TYPE, ValueFactory.value(region.type().wire()))
                .putPayload(LENGTH, ValueFactory.value(words.size()))
                .build();
    }

    static RegionId id(Map<String, Value> payload) {
        return new RegionId(
                payload.getOrDefault(DOCUMENT, Value.getDefaultInstance()).getStringValue(),
                (int) Columns.whole(payload, Columns.NUMBER),
                (int) Columns.whole(payload, ORDINAL));
    }

    /** The pages of a document from {@code first} to {@code last}. */
    static Filter pages(Scope scope, String document, int first, int last) {
        return inPages(scope, first, last)
                .addMust(ConditionFactory.matchKeyword(DOCUMENT, document))
                .build();
    }

    /** The regions of a scope that pass. */
    static Filter passing(Scope scope, RegionFilter filter) {
        var passing = inPages(scope, filter.firstPage(), filter.lastPage());
        if (filter.documents() != null) {
            passing.addMust(any(DOCUMENT, filter.documents().stream().sorted().toList()));
        }
        if (filter.types() != null) {
            passing.addMust(any(
                    TYPE,
                    Arrays.stream(RegionType.values())
                            .filter(filter.types()::contains)
                            .map(RegionType::wire)
                            .toList()));
        }
        return passing.build();
    }

    private static Filter.Builder inPages(Scope scope, int first, int last) {
        var within = Range.newBuilder().setGte(first).setLte(last).build();
        return Filter.newBuilder()
                .addMust(ConditionFactory.matchKeyword(TurnPoints.BRANCH, key(scope)))
                .addMust(ConditionFactory.range(Columns.NUMBER, within));
    }

    private static Condition any(String field, List<String> words) {
        var any = Filter.newBuilder();
        words.forEach(word -> any.addShould(ConditionFactory.matchKeyword(field, word)));
        return ConditionFactory.filter(any.build());
    }
}
