package io.perpetua.adapters.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.domain.usage.Usage;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

/** The span of one call of a provider, which ends once, whoever says so first. Safe for concurrent use. */
final class FollowedCall {

    private static final double NANOS = 1e9;

    private final Span span;
    private final boolean content;
    private final long asked = System.nanoTime();
    private final AtomicBoolean spoken = new AtomicBoolean();
    private boolean over;

    /**
     * A call that begins.
     *
     * @param content whether the span is to hold the answer
     */
    FollowedCall(Span span, boolean content) {
        this.span = span;
        this.content = content;
    }

    Span span() {
        return span;
    }

    /** A piece of the answer has come. */
    void spoke() {
        if (spoken.compareAndSet(false, true)) {
            span.setAttribute(Names.FIRST_CHUNK, (System.nanoTime() - asked) / NANOS);
        }
    }

    void answered(Answer answer) {
        end(() -> {
            span.setAttribute(Names.OUTCOME, "ok");
            if (answer.model() != null) {
                span.setAttribute(Names.RESPONSE_MODEL, answer.model());
            }
            if (answer.finishReason() != null) {
                span.setAttribute(Names.FINISH_REASONS, List.of(answer.finishReason()));
            }
            if (answer.usage() != null) {
                used(answer.usage());
            }
            if (content) {
                span.setAttribute(Names.OUTPUT_MESSAGES, Said.answer(answer));
            }
        });
    }

    /** The answer is not wanted any more. */
    void cancelled() {
        end(() -> span.setAttribute(Names.OUTCOME, Work.CANCELLED));
    }

    /** There is no answer, or no more of it. */
    void broke(Throwable reason) {
        end(() -> {
            switch (reason) {
                case CancellationException _ -> span.setAttribute(Names.OUTCOME, Work.CANCELLED);
                case ProviderFailure failure -> failed(failure);
                default -> Work.broke(span, reason);
            }
        });
    }

    private void failed(ProviderFailure failure) {
        String kind = failure.kind().wire();
        span.setAttribute(Names.OUTCOME, kind)
                .setAttribute(Names.ERROR_TYPE, kind)
                .setStatus(StatusCode.ERROR);
        if (failure.status() > 0) {
            span.setAttribute(Names.HTTP_STATUS, failure.status());
        }
    }

    private void used(Usage usage) {
        span.setAttribute(Names.INPUT_TOKENS, usage.input())
                .setAttribute(Names.OUTPUT_TOKENS, usage.output())
                .setAttribute(Names.CACHE_READ_TOKENS, usage.cachedInput())
                .setAttribute(Names.CACHE_CREATION_TOKENS, usage.cacheWrite())
                .setAttribute(Names.REASONING_TOKENS, usage.reasoning());
    }

    /** Once this has returned the span has ended, whoever came first. */
    private synchronized void end(Runnable lastWords) {
        if (!over) {
            over = true;
            lastWords.run();
            span.end();
        }
    }
}
