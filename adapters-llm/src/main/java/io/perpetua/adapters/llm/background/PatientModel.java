package io.perpetua.adapters.llm.background;

import io.perpetua.application.routing.ChatProvider;
import io.perpetua.application.routing.ChatProvider.ProviderRequest;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderReply.Event;
import io.perpetua.domain.conversation.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A model that is asked in the background: three attempts, with pauses of 1 s and 2 s between them, of which a random half
 * at most is left out, or longer if the provider asks for it. What asking again cannot cure is not asked again. Safe for
 * concurrent use if what it is given is.
 */
public final class PatientModel {

    /** How long an attempt may take. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int ATTEMPTS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final double SHORTEST_PART = 0.5;
    /** Some models think aloud before they answer. */
    private static final Pattern THINKING = Pattern.compile("(?s)^\\s*<think>.*?</think>");

    private final ChatProvider provider;
    private final String model;
    private final String wanted;
    private final Waiter waiter;
    private final RandomGenerator random;
    private final Duration patience;

    /**
     * Asks {@code model}.
     *
     * @param wanted what is asked for, for people: a brief
     * @param waiter lets the pauses pass
     * @param random chooses how long they are
     * @param patience how long an attempt may take
     */
    public PatientModel(
            ChatProvider provider,
            String model,
            String wanted,
            Waiter waiter,
            RandomGenerator random,
            Duration patience) {
        this.provider = provider;
        this.model = model;
        this.wanted = wanted;
        this.waiter = waiter;
        this.random = random;
        this.patience = patience;
    }

    /** Nothing of use was answered. */
    public static final class NoAnswer extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoAnswer(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * What is answered to {@code messages}.
     *
     * @param reading makes something of an answer's text; null where nothing can be made of it, which is asked again
     * @throws NoAnswer when all attempts have failed
     */
    public <T> T ask(List<Message> messages, Function<String, @Nullable T> reading) {
        var request = new ProviderRequest(model, messages, "{}", false);
        for (int attempt = 1; ; attempt++) {
            try {
                T read = reading.apply(
                        THINKING.matcher(attempt(request)).replaceFirst("").strip());
                if (read != null) {
                    return read;
                }
                throw failure(ProviderFailure.Kind.MALFORMED, "the answer is no " + wanted, null);
            } catch (ProviderFailure failure) {
                if (attempt == ATTEMPTS || !mayPass(failure)) {
                    throw none(failure);
                }
                pause(attempt, failure);
            }
        }
    }

    /** One call, which is interrupted, and by that cancelled, when it takes too long. */
    private String attempt(ProviderRequest request) {
        var call = new FutureTask<>(() -> answer(request));
        Thread.ofVirtual().name("background").start(call);
        try {
            return call.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw failure(ProviderFailure.Kind.TIMEOUT, "no " + wanted + " within " + patience, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProviderFailure failure) {
                throw failure;
            }
            throw none(e);
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

    private NoAnswer interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new NoAnswer("interrupted while waiting for a " + wanted, e);
    }

    private NoAnswer none(Throwable cause) {
        return new NoAnswer("no " + wanted + " could be had: " + cause.getMessage(), cause);
    }
}
