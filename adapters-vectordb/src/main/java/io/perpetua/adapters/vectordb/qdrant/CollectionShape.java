package io.perpetua.adapters.vectordb.qdrant;

import static io.perpetua.adapters.vectordb.qdrant.TurnPoints.BRANCH;
import static io.perpetua.adapters.vectordb.qdrant.TurnPoints.DENSE;
import static io.perpetua.adapters.vectordb.qdrant.TurnPoints.PASSAGE;
import static io.perpetua.adapters.vectordb.qdrant.TurnPoints.WORDS;

import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.HnswConfigDiff;
import io.qdrant.client.grpc.Collections.IntegerIndexParams;
import io.qdrant.client.grpc.Collections.KeywordIndexParams;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Collections.MultiVectorComparator;
import io.qdrant.client.grpc.Collections.MultiVectorConfig;
import io.qdrant.client.grpc.Collections.PayloadIndexParams;
import io.qdrant.client.grpc.Collections.QuantizationConfig;
import io.qdrant.client.grpc.Collections.QuantizationType;
import io.qdrant.client.grpc.Collections.ScalarQuantization;
import io.qdrant.client.grpc.Collections.SparseIndexConfig;
import io.qdrant.client.grpc.Collections.SparseVectorConfig;
import io.qdrant.client.grpc.Collections.SparseVectorParams;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorParamsMap;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/*
 * A turn has one vector for each of its parts, so "dense" is a multivector whose score is that of the best part. No graph
 * is built: within one conversation an exact scan is faster than a graph, and a filter never costs it a match.
 */
/** What the collection is to look like. */
final class CollectionShape {

    private final QdrantSettings settings;
    private final @Nullable Integer dimensions;

    CollectionShape(QdrantSettings settings, @Nullable Integer dimensions) {
        this.settings = settings;
        this.dimensions = dimensions;
    }

    /** What makes it. */
    CreateCollection creation() {
        var creation = CreateCollection.newBuilder()
                .setCollectionName(settings.collection())
                .setHnswConfig(HnswConfigDiff.newBuilder().setM(0))
                .setSparseVectorsConfig(SparseVectorConfig.newBuilder()
                        .putMap(
                                WORDS,
                                SparseVectorParams.newBuilder()
                                        .setModifier(Modifier.Idf)
                                        .setIndex(SparseIndexConfig.newBuilder().setOnDisk(settings.onDisk()))
                                        .build()))
                .setOnDiskPayload(settings.onDisk());
        if (dimensions != null) {
            creation.setVectorsConfig(VectorsConfig.newBuilder()
                    .setParamsMap(VectorParamsMap.newBuilder()
                            .putMap(
                                    DENSE,
                                    vectors(dimensions)
                                            .setMultivectorConfig(bestPart())
                                            .build())
                            .putMap(PASSAGE, vectors(dimensions).build())));
        }
        if (settings.quantized()) {
            creation.setQuantizationConfig(QuantizationConfig.newBuilder()
                    .setScalar(ScalarQuantization.newBuilder()
                            .setType(QuantizationType.Int8)
                            .setAlwaysRam(true)));
        }
        return creation.build();
    }

    private VectorParams.Builder vectors(int size) {
        return VectorParams.newBuilder()
                .setSize(size)
                .setDistance(Distance.Cosine)
                .setOnDisk(settings.onDisk());
    }

    private static MultiVectorConfig bestPart() {
        return MultiVectorConfig.newBuilder()
                .setComparator(MultiVectorComparator.MaxSim)
                .build();
    }

    /** The indexes of payload that {@code info} lacks. */
    List<CreateFieldIndexCollection> missingIndexes(CollectionInfo info) {
        var branch = index(BRANCH, FieldType.FieldTypeKeyword)
                .setFieldIndexParams(PayloadIndexParams.newBuilder()
                        .setKeywordIndexParams(KeywordIndexParams.newBuilder()
                                .setIsTenant(true)
                                .setOnDisk(settings.onDisk())));
        var number = index(Columns.NUMBER, FieldType.FieldTypeInteger)
                .setFieldIndexParams(PayloadIndexParams.newBuilder()
                        .setIntegerIndexParams(IntegerIndexParams.newBuilder()
                                .setLookup(false)
                                .setRange(true)
                                .setOnDisk(settings.onDisk())));
        return Stream.of(branch, number)
                .filter(each -> !info.containsPayloadSchema(each.getFieldName()))
                .map(CreateFieldIndexCollection.Builder::build)
                .toList();
    }

    private CreateFieldIndexCollection.Builder index(String field, FieldType type) {
        return CreateFieldIndexCollection.newBuilder()
                .setCollectionName(settings.collection())
                .setWait(true)
                .setFieldName(field)
                .setFieldType(type);
    }

    /** In what {@code info} is another collection than this, in words; nothing where it can be used. */
    List<String> differences(CollectionInfo info) {
        List<String> differences = new ArrayList<>();
        var params = info.getConfig().getParams();
        var words = params.getSparseVectorsConfig().getMapMap().get(WORDS);
        if (words == null) {
            differences.add("it has no sparse vector " + WORDS);
        } else if (words.getModifier() != Modifier.Idf) {
            differences.add("its sparse vector " + WORDS + " is without IDF");
        }
        if (dimensions != null) {
            var vectors = params.getVectorsConfig().getParamsMap().getMapMap();
            compare(DENSE, vectors.get(DENSE), dimensions, true, differences);
            compare(PASSAGE, vectors.get(PASSAGE), dimensions, false, differences);
        }
        return differences;
    }

    private static void compare(
            String name, @Nullable VectorParams found, int size, boolean parts, List<String> differences) {
        if (found == null) {
            differences.add("it has no vector " + name);
            return;
        }
        if (found.getSize() != size) {
            differences.add("its vector " + name + " has " + found.getSize() + " components, not " + size);
        }
        if (found.getDistance() != Distance.Cosine) {
            differences.add("its vector " + name + " is compared by " + found.getDistance() + ", not Cosine");
        }
        if (found.hasMultivectorConfig() != parts) {
            differences.add("its vector " + name + (parts ? " holds one" : " holds several") + " a point");
        }
    }
}
