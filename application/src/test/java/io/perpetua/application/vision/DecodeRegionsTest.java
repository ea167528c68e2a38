package io.perpetua.application.vision;

import static io.perpetua.application.World.SCOPE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.vision.DecodeRegions.Result;
import io.perpetua.application.vision.RegionDecoder.Decoded;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.Fidelity;
import io.perpetua.domain.vision.Page;
import io.perpetua.domain.vision.PageRegion;
import io.perpetua.domain.vision.RegionId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DecodeRegionsTest {

    private final DocumentFolder folder = new DocumentFolder();

    private List<Result> decode(Fidelity fidelity, String... ids) {
        return folder.decode.decode(SCOPE, List.of(ids), fidelity);
    }

    private static @Nullable String text(Result result) {
        return result.decoded() == null ? null : result.decoded().text();
    }

    private static String error(Result result) {
        return requireNonNull(result.problem()).code();
    }

    private String id(String document, int ordinal) {
        return new RegionId(document, 1, ordinal).wire();
    }

    @Test
    void decode_exactRegions_areGivenToTheLetterWithoutBeingRead() {
        String document = folder.read(SCOPE, "code: int x = 1;\n  int y;\n\ntext", Map.of());

        var results = decode(Fidelity.COARSE, id(document, 1), id(document, 0));

        assertThat(results).extracting(DecodeRegionsTest::text).containsExactly("text", "int x = 1;\n  int y;");
        assertThat(results)
                .extracting(Result::decoded)
                .extracting(decoded -> requireNonNull(decoded).confidence())
                .containsOnly(1.0);
        assertThat(folder.pages.decoded()).isZero();
    }

    @Test
    void decode_several_keepsTheirOrderAndAsksForEachOnce() {
        String document = folder.read(SCOPE, "scan: one\n\nscan: two\n\nscan: three", Map.of());
        String one = id(document, 0);
        String two = id(document, 1);
        String three = id(document, 2);

        var results = decode(Fidelity.USUAL, three, one, two, one, three, three);

        assertThat(results).extracting(Result::id).containsExactly(three, one, two, one, three, three);
        assertThat(results)
                .extracting(DecodeRegionsTest::text)
                .containsExactly("10x three", "10x one", "10x two", "10x one", "10x three", "10x three");
        assertThat(folder.pages.decoded()).isEqualTo(3);
        assertThat(requireNonNull(results.getFirst().decoded()).confidence()).isEqualTo(0.75);
    }

    @Test
    void decode_oneThatFails_leavesTheOthers() {
        String document = folder.read(SCOPE, "scan: one\n\nscan: !unreadable\n\nscan: three", Map.of());
        String nowhere = new RegionId(document, 7, 0).wire();

        var results = decode(
                Fidelity.EXACT,
                "nonsense",
                id(document, 1),
                nowhere,
                id(document, 2),
                id(document, 9),
                id(document, 0));

        assertThat(results)
                .extracting(DecodeRegionsTest::text)
                .containsExactly(null, null, null, "1x three", null, "1x one");
        assertThat(List.of(results.get(0), results.get(1), results.get(2), results.get(4)))
                .extracting(DecodeRegionsTest::error)
                .containsExactly("region_not_found", "region_unreadable", "region_not_found", "region_not_found");
    }

    @Test
    void decode_again_isGivenFromTheCacheByFidelity() {
        String document = folder.read(SCOPE, "scan: one", Map.of());
        decode(Fidelity.USUAL, id(document, 0));
        decode(Fidelity.USUAL, id(document, 0));
        assertThat(folder.pages.decoded()).isEqualTo(1);

        decode(Fidelity.EXACT, id(document, 0));

        assertThat(folder.pages.decoded()).isEqualTo(2);
        assertThat(folder.told.decoded).containsExactly(false, true, false);
    }

    @Test
    void decode_failure_isNotCached() {
        String document = folder.read(SCOPE, "scan: !unreadable", Map.of());
        decode(Fidelity.USUAL, id(document, 0));
        decode(Fidelity.USUAL, id(document, 0));

        assertThat(folder.pages.decoded()).isEqualTo(2);
    }

    @Test
    void decode_erasedMeanwhile_isNotGivenFromTheCache() {
        String document = folder.read(SCOPE, "scan: one", Map.of());
        decode(Fidelity.USUAL, id(document, 0));
        folder.browse.erase(SCOPE, document);

        assertThat(error(decode(Fidelity.USUAL, id(document, 0)).getFirst())).isEqualTo("region_not_found");
    }

    @Test
    void decode_ofAnotherScope_isNotThere() {
        String document = folder.read(SCOPE, "scan: one\n\ntwo", Map.of());

        assertThat(folder.decode.decode(
                        new Scope("another", "default"), List.of(id(document, 0), id(document, 1)), Fidelity.USUAL))
                .extracting(DecodeRegionsTest::error)
                .containsOnly("region_not_found");
    }

    @Test
    void decode_storeAway_saysSo() {
        folder.documents.away(true);

        assertThatThrownBy(() -> decode(Fidelity.USUAL, new RegionId("doc_" + "0".repeat(32), 1, 0).wire()))
                .isInstanceOf(StoreUnavailable.class);
    }

    /** Notes how many are read at once. */
    private static final class Crowd implements RegionDecoder {

        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        @Override
        public Decoded decode(Path document, Page page, PageRegion region, Fidelity fidelity) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            LockSupport.parkNanos(1_000_000);
            inside.decrementAndGet();
            return new Decoded(region.text(), 1);
        }
    }

    private DecodeRegions with(RegionDecoder decoder, int atOnce, Duration patience) {
        return new DecodeRegions(
                folder.documents,
                decoder,
                new DecodedCache(0, Duration.ofMinutes(1), () -> 0),
                atOnce,
                patience,
                Executors.newVirtualThreadPerTaskExecutor(),
                folder.told,
                folder.faults::add);
    }

    @Test
    void decode_manyAtOnce_areBounded() {
        String text = IntStream.range(0, 16).mapToObj(i -> "scan: " + i).collect(Collectors.joining("\n\n"));
        String document = folder.read(SCOPE, text, Map.of());
        var ids = IntStream.range(0, 16).mapToObj(i -> id(document, i)).toList();
        var crowd = new Crowd();

        var results = with(crowd, 3, Duration.ofSeconds(30)).decode(SCOPE, ids, Fidelity.USUAL);

        assertThat(results).extracting(Result::problem).containsOnlyNulls();
        assertThat(crowd.most).hasValueBetween(1, 3);
    }

    @Test
    void decode_turnThatDoesNotCome_isToldOfThatRegion() {
        String document = folder.read(SCOPE, "scan: one", Map.of());
        var results = new ArrayList<Result>();
        var decode = new DecodeRegions[1];
        decode[0] = with(
                (file, page, region, fidelity) -> {
                    results.addAll(decode[0].decode(SCOPE, List.of(id(document, 0)), Fidelity.EXACT));
                    return new Decoded("outer", 1);
                },
                1,
                Duration.ofMillis(1));

        assertThat(text(decode[0]
                        .decode(SCOPE, List.of(id(document, 0)), Fidelity.USUAL)
                        .getFirst()))
                .isEqualTo("outer");
        assertThat(error(results.getFirst())).isEqualTo("decoder_busy");
    }

    @Test
    void decode_decoderThatIsBroken_isToldOfThatRegion() {
        String document = folder.read(SCOPE, "scan: one\n\ntwo", Map.of());
        var decode = with(
                (file, page, region, fidelity) -> {
                    throw new NoClassDefFoundError("a font"); // an error, as libraries throw some
                },
                1,
                Duration.ofSeconds(30));

        var results = decode.decode(SCOPE, List.of(id(document, 0), id(document, 1)), Fidelity.USUAL);

        assertThat(error(results.getFirst())).isEqualTo("internal_error");
        assertThat(text(results.getLast())).isEqualTo("two");
        assertThat(folder.faults).hasSize(1);
    }
}
