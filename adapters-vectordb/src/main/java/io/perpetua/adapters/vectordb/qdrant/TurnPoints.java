package io.perpetua.adapters.vectordb.qdrant;

import io.perpetua.adapters.vectordb.words.Words;
import io.perpetua.application.memory.IndexedTurn;
import io.perpetua.domain.conversation.Scope;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.VectorFactory;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.NamedVectors;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.Vectors;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a turn is a point: its words, its vectors and its columns. Points and branches are called by digests of what they
 * are, so the same turn is always the same point, whoever puts it. Changes need a new {@link Schema#FORMAT}.
 */
final class TurnPoints {

    static final String BRANCH = "branch";
    static final String WORDS = "words";
    static final String DENSE = "dense";
    static final String PASSAGE = "passage";

    /** Version 8 and the variant of RFC 9562: an id of the maker's own recipe. */
    private static final long VERSION = 0x8000L;

    private static final long VERSION_BITS = 0xf000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long VARIANT_BITS = 0xc000_0000_0000_0000L;

    private TurnPoints() {}

    /** What names a branch among all tenants' branches: a digest, since no name of a user's need leave for it. */
    static String key(Scope scope, String branch) {
        return digest(scope.tenant() + '\0' + scope.namespace() + '\0' + branch).toString();
    }

    static PointId id(String key, int number) {
        return PointIdFactory.id(digest(key + '\0' + number));
    }

    /** The id of what is no turn. */
    static PointId id(String name) {
        return PointIdFactory.id(digest(name));
    }

    private static UUID digest(String name) {
        try {
            var bytes =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
            return new UUID((bytes.getLong() & ~VERSION_BITS) | VERSION, (bytes.getLong() & ~VARIANT_BITS) | VARIANT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * The point of a turn.
     *
     * @param dimensions of the vectors that the collection takes, null for none; others are left out
     */
    static PointStruct of(String key, IndexedTurn indexed, @Nullable Integer dimensions) {
        List<String> words = Words.of(indexed.turn().message());
        var vectors = NamedVectors.newBuilder().putVectors(WORDS, TermVector.of(words));
        var dense = fitting(indexed.vectors(), dimensions);
        if (dense.length > 0) {
            vectors.putVectors(DENSE, VectorFactory.multiVector(dense));
        }
        var passage = fitting(indexed.passage(), dimensions);
        if (passage.length > 0) {
            vectors.putVectors(PASSAGE, VectorFactory.vector(passage[0]));
        }
        return PointStruct.newBuilder()
                .setId(id(key, indexed.turn().number()))
                .setVectors(Vectors.newBuilder().setVectors(vectors))
                .putAllPayload(Columns.of(indexed.turn(), words.size()).payload())
                .putPayload(BRANCH, ValueFactory.value(key))
                .build();
    }

    static float[][] fitting(List<float[]> vectors, @Nullable Integer dimensions) {
        return vectors.stream()
                .filter(vector -> dimensions != null && vector.length == dimensions)
                .toArray(float[][]::new);
    }
}
