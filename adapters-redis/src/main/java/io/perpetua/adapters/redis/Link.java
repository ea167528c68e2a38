package io.perpetua.adapters.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.perpetua.application.StoreUnavailable;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * Commands that do not wait for each other's answers are sent together and waited for once: that is a round trip. When one
 * takes too long, everything is refused until the server has answered a ping again. When several on one thread do so
 * together, that thread is refused what it asks next. So a slow server costs a turn one wait and not one for every
 * question. What counts is when an answer arrives: that a busy machine lets the one who waits for it go on later is not the
 * server's doing.
 */
/**
 * The way to the shared store, whether that is one server or a cluster. Safe for concurrent use. Everything throws
 * {@link StoreUnavailable} when the store does not answer in time; what it was asked may have happened then.
 */
@Singleton
@Shared
final class Link implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    private static final String BROKEN_OFF = "ERR Error running script";
    private static final String FULL = "OOM";

    /** How long an answer is waited for that may take long, unless the settings say more. */
    private static final Duration SWEEP = Duration.ofSeconds(5);

    /** How errors begin of a server that is not the one to ask any more. */
    private static final List<String> ASTRAY = List.of("READONLY", "MASTERDOWN");

    /** How other errors begin that a server in order would not give. */
    private static final List<String> PASSING =
            List.of("LOADING", "CLUSTERDOWN", "TRYAGAIN", "MISCONF", "NOREPLICAS", "BUSY");

    private final Duration timeout;
    private final Duration sweep;
    private final Patience patience;
    private final Line line;
    private final LongAdder roundTrips = new LongAdder();

    @Inject
    Link(RedisSettings settings) {
        this(settings.url(), settings.timeout());
    }

    /** A way to {@code url}, which need not be there yet. */
    Link(String url, Duration timeout) {
        this.timeout = timeout;
        sweep = timeout.compareTo(SWEEP) > 0 ? timeout : SWEEP;
        patience = new Patience(timeout);
        line = new Line(url, timeout);
    }

    /** Questions that are sent at once. */
    interface Question<T> extends Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> {}

    /** Sends what {@code question} asks, and waits for the answer. */
    <T> T ask(Question<T> question) {
        return ask(question, timeout, true);
    }

    private <T> T ask(Question<T> question, Duration atMost, boolean doubting) {
        var commands = line.commands();
        long start = System.nanoTime();
        long most = doubting ? Math.min(atMost.toNanos(), patience.left(start)) : atMost.toNanos();
        if (most <= 0) {
            throw new StoreUnavailable(
                    "Redis is too slow for this turn", new IllegalStateException("no patience left"));
        }
        roundTrips.increment();
        var arrived = new AtomicLong();
        try {
            var answer = question.apply(commands)
                    .whenComplete((_, _) -> arrived.set(System.nanoTime()))
                    .toCompletableFuture();
            return await(answer, most);
        } catch (TimeoutException e) {
            arrived.set(System.nanoTime());
            if (doubting && most == atMost.toNanos()) {
                line.doubt();
            }
            throw new StoreUnavailable(
                    "Redis did not answer within " + Duration.ofNanos(most).toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } catch (RedisException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while Redis was awaited");
        } finally {
            if (doubting && arrived.get() != 0) {
                patience.waited(arrived.get() - start);
            }
        }
    }

    /** An answer that has come by the time that this thread goes on has come in time. */
    private static <T> T await(CompletableFuture<T> answer, long nanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return answer.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            if (answer.isDone()) {
                return answer.get();
            }
            throw e;
        }
    }

    /**
     * As {@link #ask}, for what goes through all partitions: it may take longer than anybody's request, so that the server
     * is not taken for away where it does not come in time.
     */
    <T> T askPatiently(Question<T> question) {
        return ask(question, sweep, false);
    }

    /** As {@link #askAll}, as patiently as {@link #askPatiently}. */
    <T> List<T> askAllPatiently(List<? extends Question<T>> questions) {
        return questions.isEmpty() ? List.of() : askPatiently(all(questions));
    }

    /** Asks everything at once, and waits for all answers, which come in the questions' order. */
    <T> List<T> askAll(List<? extends Question<T>> questions) {
        if (questions.isEmpty()) {
            return List.of();
        }
        return ask(all(questions));
    }

    private static <T> Question<List<T>> all(List<? extends Question<T>> questions) {
        return commands -> {
            var asked = questions.stream()
                    .map(question -> question.apply(commands).toCompletableFuture())
                    .toList();
            return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                    .thenApply(
                            done -> asked.stream().map(CompletableFuture::join).toList());
        };
    }

    /** Sends what {@code question} asks, after all that was asked before, and waits for nothing: it may not happen. */
    void tell(Question<?> question) {
        try {
            var _ = question.apply(line.commands()).exceptionally(e -> null);
        } catch (StoreUnavailable | RedisException e) {
            LOG.debug("not told", e);
        }
    }

    /** Has the server run {@code script}, whose answer is of type {@code output}. */
    static <T> CompletionStage<T> run(
            RedisClusterAsyncCommands<byte[], byte[]> commands,
            Script script,
            ScriptOutputType output,
            byte[][] keys,
            byte[]... arguments) {
        CompletionStage<T> known = commands.evalsha(script.digest(), output, keys, arguments);
        return known.exceptionallyCompose(e ->
                unknown(e) ? commands.eval(script.text(), output, keys, arguments) : CompletableFuture.failedStage(e));
    }

    /** Whether everything is being refused, for the store does not answer. */
    boolean away() {
        return line.away();
    }

    /** How many connections have been opened, one after the other. Seen by its test. */
    int connections() {
        return line.opened();
    }

    /** How many round trips there have been. */
    long roundTrips() {
        return roundTrips.sum();
    }

    private static boolean unknown(Throwable e) {
        return e instanceof RedisNoScriptException || e.getCause() instanceof RedisNoScriptException;
    }

    private RuntimeException failure(Throwable e) {
        String message = reason(String.valueOf(e.getMessage()));
        if (!(e instanceof RedisCommandExecutionException)) {
            line.doubt();
            return new StoreUnavailable("Redis does not answer: " + message, e);
        }
        boolean astray = ASTRAY.stream().anyMatch(message::startsWith);
        if (astray) {
            line.astray();
        }
        boolean full = message.startsWith(FULL);
        if (astray || full || PASSING.stream().anyMatch(message::startsWith)) {
            return new StoreUnavailable(full ? "No room is left in Redis" : "Redis cannot answer: " + message, e, full);
        }
        return new IllegalStateException("Redis refused a command: " + message, e);
    }

    /** What went wrong, by its own word where a script broke off. */
    private static String reason(String message) {
        int own = message.startsWith(BROKEN_OFF) ? message.indexOf(": -") : -1;
        return own < 0 ? message : message.substring(own + 3);
    }

    @Override
    @PreDestroy
    public void close() {
        line.close();
    }
}
