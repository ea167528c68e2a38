package io.perpetua.bootstrap;

import static io.perpetua.bootstrap.EveryDialect.asking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.RateLimitException;
import com.openai.errors.SseException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.perpetua.bootstrap.ScriptedAnswer.Ending;
import io.perpetua.bootstrap.UpstreamFormat.Way;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong at a provider is told by the official client's own means, whichever dialect it went wrong in. */
class SdkFailuresTest {

    private static final ScriptedAnswer ANSWER = ScriptedAnswer.saying("The ferry leaves at six.");
    private static final String FIRST_PIECE = ANSWER.pieces().getFirst();

    /** More than a whole answer has. */
    private static final int MORE = 1_000_000;

    private final EveryDialect providers;

    SdkFailuresTest(@TempDir Path data) throws IOException {
        providers = new EveryDialect(data, Map.of());
    }

    @AfterEach
    void stop() {
        providers.close();
    }

    static Stream<Way> ways() {
        return EveryDialect.ways();
    }

    static Stream<UpstreamFormat> formats() {
        return EveryDialect.FORMATS.stream();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void complete_badRequest_isTheClientsInTheProvidersWords(Way way) {
        providers.next(way.format(), way.format().refusal(400, "the messages make no sense"));
        assertThatThrownBy(() -> providers.complete(question(way.format()), way.stream()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("the messages make no sense");
        assertThat(providers.calls()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void complete_refusedKey_isNotTheClients(Way way) {
        providers.next(way.format(), way.format().badKey());
        assertThatThrownBy(() -> providers.complete(question(way.format()), way.stream()))
                .isInstanceOfSatisfying(InternalServerException.class, e -> {
                    assertThat(e.statusCode()).isEqualTo(502);
                    assertThat(e.code()).contains("refused_key");
                })
                .hasMessageContaining(way.format().provider() + " does not accept the key");
        assertThat(providers.calls()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void complete_rateLimit_saysWhenToComeBack(Way way) {
        var refusal = way.format().refusal(429, "too many requests");
        providers.upstream(way.format()).next(exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "7");
            ScriptedUpstream.reply(exchange, refusal.status(), refusal.json());
        });
        assertThatThrownBy(() -> providers.complete(question(way.format()), way.stream()))
                .isInstanceOfSatisfying(
                        RateLimitException.class,
                        e -> assertThat(e.headers().values("Retry-After")).containsExactly("7"))
                .hasMessageContaining("too many requests");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void complete_unavailable_isAnErrorOfTheServer(Way way) {
        providers.next(way.format(), way.format().refusal(503, "overloaded"));
        assertThatThrownBy(() -> providers.complete(question(way.format()), way.stream()))
                .isInstanceOfSatisfying(
                        InternalServerException.class,
                        e -> assertThat(e.statusCode()).isEqualTo(502))
                .hasMessageContaining("overloaded");
    }

    @ParameterizedTest
    @MethodSource("formats")
    void complete_bodyThatBreaksOff_isAnErrorOfTheServer(UpstreamFormat format) {
        byte[] half = format.whole(ANSWER).substring(0, 100).getBytes(StandardCharsets.UTF_8);
        providers.upstream(format).next(exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, MORE);
            exchange.getResponseBody().write(half);
        });
        assertThatThrownBy(() -> providers.complete(question(format), false))
                .isInstanceOf(InternalServerException.class);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void stream_thatEndsBeforeTheAnswer_isAnError(UpstreamFormat format) {
        breaksOff(format, "ended the stream before the answer", begun(format), 0);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void stream_whoseConnectionBreaks_isAnError(UpstreamFormat format) {
        breaksOff(format, "ended the stream before the answer", begun(format), MORE);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void stream_thatTellsOfAnError_isThatError(UpstreamFormat format) {
        var events = begun(format);
        events.add("event: error\ndata: " + format.refusal(503, "overloaded").json() + "\n\n");
        breaksOff(format, "overloaded", events, 0);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void complete_answerThatWasCutShort_saysSoAndIsNotAskedForAgain(Way way) {
        var told = ended(way, "The tide turns at", Ending.LENGTH);
        assertThat(told.text()).isEqualTo("The tide turns at");
        assertThat(told.finishReason()).isEqualTo("length");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void complete_answerThatWasFiltered_saysSoAndIsNotAskedForAgain(Way way) {
        var told = ended(way, "First take a", Ending.FILTERED);
        assertThat(told.text()).isEqualTo("First take a");
        assertThat(told.finishReason()).isEqualTo("content_filter");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void complete_questionThatWasFiltered_saysSoAndIsNotAskedAgain(Way way) {
        var told = ended(way, "", Ending.FILTERED);
        assertThat(told.text()).isEmpty();
        assertThat(told.finishReason()).isEqualTo("content_filter");
    }

    /** An answer that ends so, and is the only one that is asked for. */
    private EveryDialect.Told ended(Way way, String text, Ending ending) {
        providers.next(way, ScriptedAnswer.ending(text, ending));
        var told =
                providers.complete(asking(way.format().id(), "How is it done?").build(), way.stream());
        assertThat(providers.calls()).isEqualTo(1);
        return told;
    }

    /** The provider has said something when it fails: nobody else can go on with that. */
    private void breaksOff(UpstreamFormat format, String words, List<String> events, long promised) {
        providers.upstream(format).next(exchange -> EveryDialect.stream(exchange, events, promised));
        var heard = new StringBuilder();
        assertThatThrownBy(() -> providers.stream(
                        question(format),
                        chunk -> chunk.choices()
                                .forEach(choice -> choice.delta().content().ifPresent(heard::append))))
                .isInstanceOf(SseException.class)
                .hasMessageContaining(words);
        assertThat(heard).hasToString(FIRST_PIECE);
        assertThat(providers.calls()).isEqualTo(1);
    }

    /** A stream's events up to the first piece of the text. */
    private static List<String> begun(UpstreamFormat format) {
        var begun = new ArrayList<String>();
        for (String event : format.events(ANSWER)) {
            begun.add(event);
            if (event.contains(FIRST_PIECE)) {
                return begun;
            }
        }
        throw new AssertionError("a stream without its text");
    }

    private static ChatCompletionCreateParams question(UpstreamFormat format) {
        return asking(format.id(), "When does it leave?").build();
    }
}
