package io.perpetua.bootstrap;

import static io.perpetua.bootstrap.EveryDialect.asking;
import static io.perpetua.bootstrap.EveryDialect.assertHolds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import io.perpetua.bootstrap.ScriptedAnswer.Ending;
import io.perpetua.bootstrap.UpstreamFormat.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A client that asks {@code auto} is answered by whoever can, and told who could not. */
class SdkFallbackTest {

    private static final String QUESTION = "When does the ferry leave?";

    private final Path data;

    SdkFallbackTest(@TempDir Path data) {
        this.data = data;
    }

    static Stream<Way> ways() {
        return EveryDialect.ways();
    }

    /** Every provider, the one of {@code way} first. */
    private static List<UpstreamFormat> ladder(Way way) {
        var ladder = new ArrayList<>(EveryDialect.FORMATS);
        Collections.rotate(ladder, -ladder.indexOf(way.format()));
        return ladder;
    }

    private EveryDialect start(List<UpstreamFormat> ladder) throws IOException {
        return new EveryDialect(
                data,
                Map.of(
                        "perpetua.ladders.default",
                        ladder.stream().map(UpstreamFormat::id).toList(),
                        "perpetua.routing.exploration",
                        0,
                        "perpetua.retries.attempts",
                        2,
                        "perpetua.retries.delay",
                        "1ms"));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void complete_auto_failsAtTheFirst_isAnsweredByTheNext(Way way) throws IOException {
        var ladder = ladder(way);
        try (var providers = start(ladder)) {
            var next = ladder.get(1);
            providers.next(ladder.getFirst(), ladder.getFirst().refusal(500, "out of order"));
            providers.next(new Way(next, way.stream()), ScriptedAnswer.saying("At six."));
            var told = providers.complete(asking("auto", QUESTION).build(), way.stream());
            assertThat(told.text()).isEqualTo("At six.");
            assertThat(told.completion().model()).isEqualTo(next.model());
            assertThat(told.metadata().path("provider").asText()).isEqualTo(next.provider());
            assertThat(told.metadata().path("fallback_used").asBoolean()).isTrue();
            assertThat(told.metadata().path("attempts"))
                    .extracting(SdkFallbackTest::attempt)
                    .containsExactly(ladder.getFirst().id() + " unavailable", next.id() + " ok");
            assertHolds(providers.lastTo(next), next.question(QUESTION));
            assertThat(providers.calls()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void complete_auto_filteredByTheFirst_isNotAskedOfTheNext(Way way) throws IOException {
        try (var providers = start(ladder(way))) {
            providers.next(way, ScriptedAnswer.ending("", Ending.FILTERED));
            var told = providers.complete(asking("auto", QUESTION).build(), way.stream());
            assertThat(told.finishReason()).isEqualTo("content_filter");
            assertThat(told.metadata().path("provider").asText())
                    .isEqualTo(way.format().provider());
            assertThat(told.metadata().path("fallback_used").asBoolean()).isFalse();
            assertThat(providers.calls()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void complete_auto_refusedByTheFirst_isNotAskedOfTheNext(Way way) throws IOException {
        try (var providers = start(ladder(way))) {
            providers.next(way.format(), way.format().refusal(400, "the messages make no sense"));
            assertThatThrownBy(() -> providers.complete(asking("auto", QUESTION).build(), way.stream()))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageContaining("the messages make no sense");
            assertThat(providers.calls()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void complete_auto_failsEverywhere_namesEveryone(Way way) throws IOException {
        var ladder = ladder(way);
        try (var providers = start(ladder)) {
            ladder.forEach(format -> providers.next(format, format.refusal(503, "overloaded")));
            assertThatThrownBy(() -> providers.complete(asking("auto", QUESTION).build(), way.stream()))
                    .isInstanceOfSatisfying(
                            InternalServerException.class,
                            e -> assertThat(e.code()).contains("no_provider_available"))
                    .hasMessageContainingAll(
                            ladder.stream().map(UpstreamFormat::id).toArray(String[]::new));
        }
    }

    private static String attempt(JsonNode attempt) {
        return attempt.path("provider").asText() + "/" + attempt.path("model").asText() + " "
                + attempt.path("outcome").asText();
    }
}
