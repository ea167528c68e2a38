package io.perpetua.adapters.tracing;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.perpetua.application.routing.AnsweringProvider;
import io.perpetua.application.routing.ChatProvider;
import io.perpetua.application.routing.ChatProvider.ProviderRequest;
import io.perpetua.application.routing.ChatProviderContract;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderFailure.Kind;
import io.perpetua.application.routing.ProviderReply;
import io.perpetua.application.routing.ScriptedProvider;
import io.perpetua.domain.usage.Usage;
import io.perpetua.domain.usage.Usage.Source;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** A provider that is followed is a provider like any other, and each call of it a span that ends. */
class FollowedProviderTest extends ChatProviderContract {

    private static final String CALL = "chat small";
    private static final URI THERE = URI.create("https://api.example.org/v1");

    private final Spans spans = new Spans();
    private final ScriptedProvider scripted = new ScriptedProvider();
    private final ChatProvider provider = spans.tracing.following(scripted, THERE);

    @Override
    protected ChatProvider provider() {
        return spans.tracing.following(new AnsweringProvider(), null);
    }

    @Test
    void ask_answered_isASpanWithItsModelAndTokens() {
        scripted.reply().whole(assistant("a secret"), new Usage(100, 40, 10, 7, 3, Source.PROVIDER));
        read(ask(false));

        var span = spans.named(CALL);
        assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(span.getAttributes().asMap())
                .containsEntry(Names.OPERATION, "chat")
                .containsEntry(Names.PROVIDER, "fake")
                .containsEntry(Names.REQUEST_MODEL, "small")
                .containsEntry(Names.REQUEST_STREAM, false)
                .containsEntry(Names.RESPONSE_MODEL, "small")
                .containsEntry(Names.FINISH_REASONS, List.of("stop"))
                .containsEntry(Names.INPUT_TOKENS, 100L)
                .containsEntry(Names.CACHE_READ_TOKENS, 40L)
                .containsEntry(Names.CACHE_CREATION_TOKENS, 10L)
                .containsEntry(Names.OUTPUT_TOKENS, 7L)
                .containsEntry(Names.REASONING_TOKENS, 3L)
                .containsEntry(Names.SERVER_ADDRESS, "api.example.org")
                .containsEntry(Names.SERVER_PORT, 443L)
                .containsEntry(Names.OUTCOME, "ok");
        assertThat(span.toString()).doesNotContain("secret").doesNotContain("hello");
    }

    @Test
    void ask_contentWanted_isOnTheSpan() {
        var open = new Spans(true);
        scripted.reply().whole(assistant("a secret"), null);
        read(open.tracing.following(scripted, null).ask(request(false)));

        assertThat(open.named(CALL).getAttributes().asMap())
                .containsEntry(
                        Names.INPUT_MESSAGES,
                        "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"hello\"}]}]")
                .containsEntry(
                        Names.OUTPUT_MESSAGES,
                        "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"a secret\"}],"
                                + "\"finish_reason\":\"stop\"}]");
    }

    @Test
    void ask_goesAlongWithTheSpansOwnContext() {
        scripted.reply().whole(assistant("1"), null);
        read(ask(false));

        var span = spans.named(CALL);
        assertThat(scripted.asked().getFirst().headers())
                .containsEntry(
                        "traceparent",
                        "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                                + span.getSpanContext().getTraceFlags().asHex());
    }

    @Test
    void ask_refused_isAnErrorByItsKindAndStatus() {
        scripted.refuse(new ProviderFailure(Kind.RATE_LIMITED, "fake", "what was said", 429, null, "body", null));
        assertThatThrownBy(() -> ask(true)).isInstanceOf(ProviderFailure.class);

        var span = spans.named(CALL);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getAttributes().asMap())
                .containsEntry(Names.ERROR_TYPE, "rate_limited")
                .containsEntry(Names.OUTCOME, "rate_limited")
                .containsEntry(Names.HTTP_STATUS, 429L);
        assertThat(span.toString()).doesNotContain("what was said").doesNotContain("body");
    }

    @Test
    void stream_endsWithItsLastEvent_andNotBefore() {
        scripted.reply().preamble("p").content("1").finish("f").done(assistant("1"), null);
        var reply = ask(true);
        reply.next(Duration.ZERO);
        reply.next(Duration.ZERO);
        reply.next(Duration.ZERO);
        assertThat(spans.ended()).isEmpty();
        reply.next(Duration.ZERO);
        reply.close();

        assertThat(spans.ended()).hasSize(1);
        assertThat(spans.named(CALL).getAttributes().get(Names.FIRST_CHUNK)).isNotNull();
        assertThat(spans.named(CALL).getAttributes().get(Names.OUTCOME)).isEqualTo("ok");
    }

    @Test
    void stream_thatBreaksOff_isAnError() {
        scripted.reply()
                .content("1")
                .breakOff(new ProviderFailure(Kind.TRUNCATED, "fake", "no more", 0, null, null, null));
        var reply = ask(true);
        reply.next(Duration.ZERO);
        assertThatThrownBy(() -> reply.next(Duration.ZERO)).isInstanceOf(ProviderFailure.class);
        reply.close();

        assertThat(spans.named(CALL).getAttributes().asMap())
                .containsEntry(Names.ERROR_TYPE, "truncated")
                .doesNotContainKey(Names.HTTP_STATUS);
    }

    @Test
    void stream_thatIsClosed_isCancelledAndNoError() {
        scripted.reply().content("1");
        var reply = ask(true);
        reply.next(Duration.ZERO);
        reply.close();

        var span = spans.named(CALL);
        assertThat(span.getAttributes().get(Names.OUTCOME)).isEqualTo("cancelled");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    @Test
    void ask_interrupted_isCancelled() {
        scripted.refuse(new CancellationException("interrupted"));
        assertThatThrownBy(() -> ask(true)).isInstanceOf(CancellationException.class);

        assertThat(spans.named(CALL).getAttributes().get(Names.OUTCOME)).isEqualTo("cancelled");
    }

    private ProviderReply ask(boolean stream) {
        return provider.ask(request(stream));
    }

    private static ProviderRequest request(boolean stream) {
        return new ProviderRequest("small", List.of(user("hello")), "{}", stream);
    }

    private static void read(ProviderReply reply) {
        reply.next(Duration.ZERO);
        reply.close();
    }
}
