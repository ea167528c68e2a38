package io.perpetua.adapters.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.perpetua.application.chat.EndedTurn;
import io.perpetua.application.chat.TurnReport;
import io.perpetua.application.tracing.Tracing;
import io.perpetua.domain.journal.Ending;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A request's span, which is also that of its turn, where it is for one. Safe for concurrent use. */
final class FollowedRequest implements Tracing.Followed {

    private static final ContextKey<FollowedRequest> KEY = ContextKey.named("perpetua-request");
    private static final int FAULTS = 500;

    private final Span span;
    private final Context context;
    private final AtomicBoolean failed = new AtomicBoolean();

    FollowedRequest(Span span, Context parent) {
        this.span = span;
        context = parent.with(span).with(KEY, this);
    }

    /** The request that the calling thread works for; null where there is none. */
    static @Nullable FollowedRequest current() {
        return Context.current().get(KEY);
    }

    @Override
    public Tracing.Scope enter() {
        return Work.enter(context);
    }

    @Override
    public void ended(int status) {
        span.setAttribute(Names.HTTP_STATUS, status);
        if (status >= FAULTS) {
            fail(Integer.toString(status));
        }
        span.end();
    }

    /** The turn that was asked for is over. */
    void tell(EndedTurn turn) {
        if (span.isRecording()) {
            span.setAttribute(Names.ENDING, turn.ending().wire());
            describe(turn.report());
            if (turn.error() != null) {
                tell(turn.ending(), turn.error());
            }
        }
    }

    private void tell(Ending ending, String error) {
        switch (ending) {
            case FAILED, BROKEN, FAULT -> fail(error);
            case REFUSED -> span.setAttribute(Names.ERROR_TYPE, error);
            case ANSWERED, LEFT -> {}
        }
    }

    /** What failed first is why. */
    private void fail(String why) {
        if (failed.compareAndSet(false, true)) {
            span.setAttribute(Names.ERROR_TYPE, why).setStatus(StatusCode.ERROR);
        }
    }

    private void describe(TurnReport report) {
        var tokens = report.tokens();
        span.setAttribute(Names.TURN, report.turn())
                .setAttribute(Names.MODE, report.mode().wire())
                .setAttribute(Names.INTENT, report.intent().wire())
                .setAttribute(Names.RETRIEVAL, report.useRetrieval())
                .setAttribute(Names.TOKENS_FULL, tokens.full())
                .setAttribute(Names.TOKENS_SENT, tokens.sent())
                .setAttribute(Names.TOKENS_BUDGET, tokens.budget())
                .setAttribute(Names.CACHE, report.cache().name())
                .setAttribute(Names.FALLBACK, report.fallbackUsed())
                .setAttribute(
                        Names.ATTEMPTS,
                        report.attempts().stream()
                                .map(each -> each.provider() + "/" + each.model() + " " + each.outcome())
                                .toList());
        if (report.conversationId() != null) {
            span.setAttribute(Names.CONVERSATION, report.conversationId());
        }
        if (report.provider() != null) {
            span.setAttribute(Names.ANSWERED_BY, report.provider() + "/" + report.model());
        }
        if (report.costUsd() != null) {
            span.setAttribute(Names.COST, report.costUsd());
        }
        if (!report.degraded().isEmpty()) {
            span.setAttribute(Names.DEGRADED, report.degraded());
        }
    }
}
