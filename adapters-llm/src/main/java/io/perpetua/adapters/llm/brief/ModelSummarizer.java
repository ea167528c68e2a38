package io.perpetua.adapters.llm.brief;

import io.perpetua.application.brief.Summarizer;
import io.perpetua.application.routing.ChatProvider;
import io.perpetua.application.routing.ChatProvider.ProviderRequest;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderReply.Event;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.tokens.TokenCounter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Has a model write briefs: three attempts of 30 s each, with pauses of 1 s and 2 s between them, of which a random half
 * at most is left out, or longer if the provider asks for it. What asking again cannot cure is not asked again. Safe for
 * concurrent use if what it is given is.
 */
public final class ModelSummarizer implements Summarizer {

    private static final int ATTEMPTS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final double SHORTEST_PART = 0.5;
    /** Some models think aloud before they answer. */
    private static final Pattern THINKING = Pattern.compile("(?s)^\\s*<think>.*?</think>");

    private final ChatProvider provider;
    private final String model;
    private final TokenCounter counter;
    private final Waiter waiter;
    private final RandomGenerator random;
    private final Duration patience;

    /**
     * A summarizer that asks {@code model}.
     *
     * @param counter counts what briefs may cost
     * @param waiter lets the pauses pass
     * @param random chooses how long they are
     */
    public ModelSummarizer(
            ChatProvider provider, String model, TokenCounter counter, Waiter waiter, RandomGenerator random) {
        this(provider, model, counter, waiter, random, PATIENCE);
    }

    ModelSummarizer(
            ChatProvider provider,
            String model,
            TokenCounter counter,
            Waiter waiter,
            RandomGenerator random,
            Duration patience) {
        this.provider = provider;
        this.model = model;
        this.counter = counter;
        this.waiter = waiter;
        this.random = random;
        this.patience = patience;
    }

    @Override
    public String summarize(@Nullable Brief before, List<Turn> turns, int maxTokens) {
        var request = new ProviderRequest(model, Prompt.messages(before, turns, maxTokens), "{}", false);
        for (int attempt = 1; ; attempt++) {
            try {
                return bounded(attempt(request), maxTokens);
            } catch (ProviderFailure failure) {
                if (attempt == ATTEMPTS || !mayPass(failure)) {
                    throw unavailable(failure);
                }
                pause(attempt, failure);
            }
        }
    }

    /** One call, which is interrupted, and by that cancelled, when it takes too long. */
    private String attempt(ProviderRequest request) {
        var call = new FutureTask<>(() -> answer(request));
        Thread.ofVirtual().name("brief").start(call);
        try {
            return call.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw failure(ProviderFailure.Kind.TIMEOUT, "no brief within " + patience, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProviderFailure failure) {
                throw failure;
            }
            throw unavailable(e);
        } finally {
            call.cancel(true);
        }
    }

    private String answer(ProviderRequest request) {
        try (var reply = provider.ask(request)) {
            while (true) {
                if (reply.next(patience) instanceof Event.Done done) {
                    return done.answer().message().text();
                }
            }
        }
    }

    private String bounded(String answer, int maxTokens) {
        String text = THINKING.matcher(answer).replaceFirst("").strip();
        String cut = Bounded.cut(text, maxTokens, counter);
        if (cut.isBlank()) {
            throw failure(ProviderFailure.Kind.MALFORMED, "the brief is empty", null);
        }
        return cut;
    }

    private boolean mayPass(ProviderFailure failure) {
        return switch (failure.kind()) {
            case UNAVAILABLE, TIMEOUT, MALFORMED, TRUNCATED -> true;
            case RATE_LIMITED ->
                failure.retryAfter() == null || failure.retryAfter().compareTo(patience) <= 0;
            case REFUSED_KEY, BAD_REQUEST, UNSUPPORTED, UNKNOWN_MODEL, CONTEXT_TOO_LONG -> false;
        };
    }

    private void pause(int attempt, ProviderFailure failure) {
        double part = SHORTEST_PART + (1 - SHORTEST_PART) * random.nextDouble();
        var pause = Duration.ofMillis((long) (FIRST_PAUSE.toMillis() * (1L << (attempt - 1)) * part));
        var asked = failure.retryAfter();
        try {
            waiter.pause(asked == null || asked.compareTo(pause) < 0 ? pause : asked);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private ProviderFailure failure(ProviderFailure.Kind kind, String message, @Nullable Throwable cause) {
        return new ProviderFailure(kind, provider.name(), message, 0, null, null, cause);
    }

    private static SummarizerUnavailable interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new SummarizerUnavailable("interrupted while waiting for a brief", e);
    }

    private static SummarizerUnavailable unavailable(Throwable cause) {
        return new SummarizerUnavailable("no brief could be had: " + cause.getMessage(), cause);
    }
}
