package io.perpetua.adapters.vectordb.qdrant;

import static io.perpetua.adapters.vectordb.qdrant.Fixture.search;
import static io.perpetua.adapters.vectordb.qdrant.Fixture.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.micronaut.context.ApplicationContext;
import io.perpetua.application.memory.IndexRefused;
import io.perpetua.application.memory.IndexUnavailable;
import io.perpetua.application.memory.TurnIndex;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Qdrant that refuses, is slow, or is not there. */
@Timeout(60)
final class OutageTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final int ATTEMPTS = 10_000;

    private QdrantDouble qdrant = new QdrantDouble();

    @AfterEach
    void close() {
        qdrant.close();
    }

    @Test
    void refusal_makesTheIndexUnavailable() {
        try (var index = index(LONG, LONG)) {
            index.put(List.of(turn("a", 1, "lantern")));
            qdrant.refuse(Status.UNAVAILABLE.withDescription("shutting down"));

            assertThatThrownBy(() -> search(index, "a", 1, "lantern"))
                    .isInstanceOf(IndexUnavailable.class)
                    .hasMessageContaining("shutting down");
            assertThatThrownBy(() -> index.put(List.of(turn("a", 2, "lantern"))))
                    .isInstanceOf(IndexUnavailable.class);
            assertThatThrownBy(() -> index.erase(Fixture.SCOPE, "a", 0)).isInstanceOf(IndexUnavailable.class);
        }
    }

    @Test
    void put_refusedForGood_isToldApartAndSparesNothing() {
        try (var index = index(LONG, LONG)) {
            index.put(List.of(turn("a", 1, "lantern")));
            for (Status status : List.of(
                    Status.INVALID_ARGUMENT,
                    Status.OUT_OF_RANGE.withDescription("Error, message length too large: found 9 bytes"),
                    Status.RESOURCE_EXHAUSTED.withDescription("gRPC message exceeds maximum size 8: 9"))) {
                qdrant.refuse(status);
                for (int i = 0; i < 3; i++) {
                    assertThatThrownBy(() -> index.put(List.of(turn("a", 2, "lantern"))))
                            .isInstanceOf(IndexRefused.class);
                }
            }
            qdrant.refuse(Status.RESOURCE_EXHAUSTED.withDescription("rate limit"));
            assertThatThrownBy(() -> index.put(List.of(turn("a", 2, "lantern"))))
                    .isInstanceOf(IndexUnavailable.class);
        }
    }

    @Test
    void callThatThrows_leavesTheNextOneItsPermission() {
        try (var connection = new Connection(settings(LONG, LONG), Fixture.SOON)) {
            qdrant.refuse(Status.INTERNAL);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> describe(connection)).hasMessageContaining("INTERNAL");
            }
            qdrant.refuse(null);

            assertThat(thrownWhenItIsLetThrough(connection)).hasMessage("a fault");

            assertThatThrownBy(() -> describe(connection)).hasMessageContaining("NOT_FOUND");
        }
    }

    /** The first call after a rest is the only one that is let through. */
    private static RuntimeException thrownWhenItIsLetThrough(Connection connection) {
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                connection.collections("fail", Deadline.within(LONG), stub -> {
                    throw new IllegalStateException("a fault");
                });
            } catch (IllegalStateException e) {
                return e;
            } catch (IndexUnavailable e) {
                LockSupport.parkNanos(Fixture.SOON.toNanos());
            }
        }
        throw new AssertionError("nothing is let through");
    }

    private static void describe(Connection connection) {
        var request =
                GetCollectionInfoRequest.newBuilder().setCollectionName("none").build();
        connection.collections("describe", Deadline.within(LONG), stub -> stub.get(request));
    }

    @Test
    void failuresInARow_spareItFurtherCalls() {
        try (var index = index(LONG, LONG)) {
            index.needsRebuild();
            qdrant.refuse(Status.INTERNAL);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> search(index, "a", 1, "lantern")).isInstanceOf(IndexUnavailable.class);
            }
            int calls = qdrant.calls();

            assertThatThrownBy(() -> search(index, "a", 1, "lantern")).hasMessageContaining("left alone");
            assertThatThrownBy(() -> index.put(List.of(turn("a", 1, "lantern"))))
                    .hasMessageContaining("left alone");
            assertThat(qdrant.calls()).isEqualTo(calls);
        }
    }

    @Test
    void aFailureBetweenSuccesses_sparesNothing() {
        try (var index = index(LONG, LONG)) {
            index.put(List.of(turn("a", 1, "lantern")));
            for (int i = 0; i < 5; i++) {
                qdrant.refuse(Status.INTERNAL);
                assertThatThrownBy(() -> search(index, "a", 1, "lantern")).isInstanceOf(IndexUnavailable.class);
                assertThatThrownBy(() -> search(index, "a", 1, "lantern")).isInstanceOf(IndexUnavailable.class);
                qdrant.refuse(null);
                assertThat(search(index, "a", 1, "lantern").table().size()).isEqualTo(1);
            }
        }
    }

    @Test
    void search_ofASlowServer_endsInTime() {
        try (var index = index(SHORT, LONG)) {
            index.put(List.of(turn("a", 1, "lantern")));
            qdrant.hold();

            assertThatThrownBy(() -> search(index, "a", 1, "lantern"))
                    .isInstanceOf(IndexUnavailable.class)
                    .hasMessageContaining("DEADLINE_EXCEEDED");
        }
    }

    @Test
    void put_toASlowServer_endsInTime() {
        try (var index = index(LONG, SHORT)) {
            qdrant.hold();

            assertThatThrownBy(() -> index.put(List.of(turn("a", 1, "lantern"))))
                    .isInstanceOf(IndexUnavailable.class);
        }
    }

    @Test
    void serverThatComesBack_isUsedAgain() {
        int port = qdrant.port();
        try (var index = new QdrantTurnIndex(settings(LONG, LONG), 2, Fixture.SOON)) {
            index.put(List.of(turn("a", 1, "lantern")));
            qdrant.close();
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> search(index, "a", 1, "lantern")).isInstanceOf(IndexUnavailable.class);
            }

            qdrant = new QdrantDouble(port);

            assertThat(needsRebuildWhenItIsBack(index)).isTrue();
            index.put(List.of(turn("a", 1, "lantern")));
            assertThat(search(index, "a", 1, "lantern").words()[0]).isPositive();
        }
    }

    /** The connection is made anew in the background, so that may take some attempts. */
    private static boolean needsRebuildWhenItIsBack(QdrantTurnIndex index) {
        IndexUnavailable last = new IndexUnavailable("not tried", null);
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                return index.needsRebuild();
            } catch (IndexUnavailable e) {
                last = e;
                Thread.onSpinWait();
            }
        }
        throw last;
    }

    @Test
    void noServerAtTheStart_isNoMistake() {
        var settings = settings(LONG, SHORT);
        qdrant.close();

        try (var context = context(settings)) {
            var index = context.getBean(TurnIndex.class);
            assertThatThrownBy(() -> index.search(Fixture.SCOPE, List.of(), "", null))
                    .isInstanceOf(IndexUnavailable.class);
        }
    }

    @Test
    void context_qdrantConfigured_hasThisIndex() {
        try (var context = context(settings(LONG, LONG))) {
            assertThat(context.getBean(TurnIndex.class)).isInstanceOf(QdrantTurnIndex.class);
        }
        assertThat(qdrant.store()
                        .creation("turns")
                        .getVectorsConfig()
                        .getParamsMap()
                        .getMapCount())
                .as("no embedder, no vectors")
                .isZero();
    }

    @Test
    void apiKey_isShownWithEveryCall() {
        var plain = settings(LONG, LONG);
        var locked = new QdrantSettings(plain.url(), "open-sesame", plain.collection(), LONG, LONG, false, false);
        try (var index = new QdrantTurnIndex(locked, 2, Fixture.SOON)) {
            index.put(List.of(turn("a", 1, "lantern")));
        }

        assertThat(qdrant.apiKeys()).hasSize(qdrant.calls()).containsOnly("open-sesame");
        assertThat(locked.toString()).doesNotContain("sesame");
    }

    private static ApplicationContext context(QdrantSettings settings) {
        return ApplicationContext.builder()
                .properties(Map.of("perpetua.index", "qdrant"))
                .singletons(settings)
                .start();
    }

    private QdrantTurnIndex index(Duration timeout, Duration writeTimeout) {
        return new QdrantTurnIndex(settings(timeout, writeTimeout), 2, LONG);
    }

    private QdrantSettings settings(Duration timeout, Duration writeTimeout) {
        return new QdrantSettings(qdrant.url(), null, "turns", timeout, writeTimeout, false, false);
    }
}
