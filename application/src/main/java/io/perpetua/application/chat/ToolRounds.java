package io.perpetua.application.chat;

import io.perpetua.application.chat.ToolFormat.Carried;
import io.perpetua.application.chat.TurnReport.Attempt;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderReply;
import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.application.routing.ProviderReply.Event.Chunk;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.ToolCall;
import io.perpetua.domain.tokens.TokenCounter;
import io.perpetua.domain.usage.Usage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/*
 * A round is a call of a provider. Text goes on to the client as it comes; calls are held back until the round has ended. If
 * all of them are of the lent tool, they are run, and the next round is asked with what came of them; the client sees one
 * answer, whose text is that of all rounds. In the last round nothing may be called. Where the model calls tools of the
 * client besides, those are the client's to run, and ours are left out.
 */
/** An answer for which a model may have commands run. Belongs to one reader; any thread may close it. */
final class ToolRounds implements Answering, ProviderReply {

    private static final String BETWEEN_ROUNDS = "\n\n";

    private final CommandTool tool;
    private final Round round;
    private final Tab tab;
    private final TokenCounter counter;
    private final LongSupplier nanos;
    private final Cancellation cancellation;
    private final boolean stream;

    private PreparedTurn turn;
    private volatile Answering current;
    private volatile @Nullable FutureTask<Answering> next;
    private volatile boolean closed;
    private boolean begun;
    private boolean failedBetween;
    private boolean separated = true;
    private int left;

    private final Deque<Event> first = new ArrayDeque<>();
    private final Deque<Event> ready = new ArrayDeque<>();
    private final List<Chunk> calls = new ArrayList<>();
    private final List<Chunk> closing = new ArrayList<>();
    private final List<Attempt> attempts;
    private final StringBuilder said = new StringBuilder();
    private @Nullable String likeness;
    private @Nullable Bill before;
    private boolean fallback;

    /** Asks for an answer; what was tried in vain is added to {@code attempts}. */
    interface Round {

        /**
         * Asks.
         *
         * @throws ProviderFailure when nobody answers
         */
        Answering ask(PreparedTurn turn, List<Attempt> attempts);
    }

    private ToolRounds(
            CommandTool tool,
            PreparedTurn turn,
            Answering current,
            List<Attempt> attempts,
            Round round,
            Tab tab,
            TokenCounter counter,
            LongSupplier nanos,
            Cancellation cancellation) {
        this.tool = tool;
        this.turn = turn;
        this.current = current;
        this.attempts = attempts;
        this.round = round;
        this.tab = tab;
        this.counter = counter;
        this.nanos = nanos;
        this.cancellation = cancellation;
        stream = turn.request().stream();
        left = tool.rounds();
    }

    /** Asks, and goes on until there is something to show. */
    static Answering begin(
            CommandTool tool,
            PreparedTurn turn,
            List<Attempt> attempts,
            Round round,
            Tab tab,
            TokenCounter counter,
            LongSupplier nanos,
            Cancellation cancellation) {
        var begun = round.ask(turn, attempts);
        var rounds = new ToolRounds(tool, turn, begun, attempts, round, tab, counter, nanos, cancellation);
        boolean speaks = false;
        try {
            rounds.untilItSpeaks();
            speaks = true;
            return rounds;
        } finally {
            if (!speaks) {
                rounds.close();
            }
        }
    }

    private void untilItSpeaks() {
        Event event = null;
        while (event == null || (event instanceof Chunk(var json, var kind) && kind == Kind.PREAMBLE)) {
            try {
                event = step(TurnStream.FOREVER);
            } finally {
                cancellation.endsBy(null);
            }
            if (event != null) {
                first.add(event);
            }
        }
        begun = true;
    }

    @Override
    public @Nullable Event next(Duration patience) {
        return step(patience);
    }

    private @Nullable Event step(Duration patience) {
        while (ready.isEmpty()) {
            var awaited = next;
            if (awaited != null) {
                var answering = begun(awaited, patience);
                if (answering == null) {
                    return null;
                }
                current = answering;
                next = null;
            }
            if (!begun) {
                cancellation.endsBy(current.reply()::close);
            }
            var seen = current.first();
            Event event = seen.isEmpty() ? current.reply().next(patience) : seen.poll();
            switch (event) {
                case null -> {
                    return null;
                }
                case Chunk chunk -> take(chunk);
                case Event.Done(var answer) -> ended(answer);
            }
        }
        return ready.poll();
    }

    private void take(Chunk chunk) {
        switch (chunk.kind()) {
            case PREAMBLE -> {
                if (likeness == null) {
                    likeness = chunk.json();
                    ready.add(chunk);
                }
            }
            case CONTENT -> content(chunk);
            case FINISH, USAGE -> closing.add(chunk);
        }
    }

    private void content(Chunk chunk) {
        var carried = tool.format().carried(chunk.json());
        if (carried == Carried.CALLS) {
            tab.heard(chunk.json());
            calls.add(chunk);
            return;
        }
        String like = likeness == null ? chunk.json() : likeness;
        likeness = like;
        if (carried == Carried.TEXT && !separated) {
            separated = true;
            ready.add(tool.format().text(like, BETWEEN_ROUNDS));
        }
        ready.add(before == null ? chunk : tool.format().like(like, chunk));
    }

    private void ended(Answer answer) {
        var called = answer.message().toolCalls();
        var ours = called.stream().filter(tool::isCalledBy).toList();
        if (!ours.isEmpty() && ours.size() == called.size() && left > 0) {
            goOn(answer, ours);
        } else if (ours.isEmpty() && before == null) {
            ready.addAll(calls);
            ready.addAll(closing);
            ready.add(new Event.Done(answer));
        } else {
            finish(answer, ours.isEmpty());
        }
    }

    /** Runs what the model has called, and asks again. */
    private void goOn(Answer answer, List<ToolCall> ours) {
        var usage = answer.usage() == null ? estimate(answer.message()) : answer.usage();
        var bill = current.succeeded(usage);
        tab.settle(bill);
        before = total(bill);
        fallback |= current.fallback();
        attempts.addAll(current.attempts(Attempt.OK, nanos.getAsLong()));
        String text = answer.message().text();
        said.append(said.isEmpty() || text.isEmpty() ? "" : BETWEEN_ROUNDS).append(text);
        separated = said.isEmpty();
        calls.clear();
        closing.clear();
        left--;
        var task = new FutureTask<>(() -> asked(answer.message(), ours));
        next = task;
        if (closed) {
            throw new CancellationException("the answer was given up");
        }
        if (begun) {
            Thread.ofVirtual().name("tool").start(task); // whoever reads is to hear meanwhile that it goes on
        } else {
            cancellation.endsBy(null);
            task.run();
        }
    }

    private Answering asked(Message message, List<ToolCall> ours) {
        var messages = new ArrayList<>(turn.context().messages());
        messages.add(message);
        messages.addAll(cancellation.whileWaiting(() -> tool.run(ours, turn)));
        String parameters = turn.request().parameters();
        turn = turn.goingOn(messages, left > 0 ? parameters : tool.format().withoutCalls(parameters));
        var answering = round.ask(turn, attempts);
        if (closed) {
            answering.reply().close();
        }
        return answering;
    }

    private @Nullable Answering begun(FutureTask<Answering> awaited, Duration patience) {
        try {
            return awaited.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while a command was run");
        } catch (ExecutionException e) {
            failedBetween = true;
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** The end of an answer of several rounds, or without calls that the client knows nothing of. */
    private void finish(Answer answer, boolean oursAlone) {
        var format = tool.format();
        var last = oursAlone ? answer.message() : format.without(answer.message(), tool.name());
        var whole = said.isEmpty() ? last : tool.writer().extend(last, said.toString(), "");
        boolean calling = !last.toolCalls().isEmpty();
        String reason = calling || !"tool_calls".equals(answer.finishReason()) ? answer.finishReason() : "stop";
        var own = answer.usage();
        var all = own == null || before == null ? own : before.usage().plus(own);
        String completion = tool.completions()
                .write(
                        "chatcmpl-" + tool.ids().get(),
                        tool.clock().instant(),
                        current.model(),
                        new Answer(whole, reason, all, answer.model(), null));
        if (!stream) {
            ready.add(new Event.Done(new Answer(whole, reason, own, answer.model(), completion)));
            return;
        }
        String like = likeness == null ? completion : likeness;
        ready.addAll(format.calls(like, last));
        for (Event event : tool.completions().stream(completion)) {
            if (event instanceof Chunk chunk && (chunk.kind() == Kind.FINISH || chunk.kind() == Kind.USAGE)) {
                ready.add(format.like(like, chunk));
            }
        }
        ready.add(new Event.Done(new Answer(whole, reason, own, answer.model(), null)));
    }

    private Usage estimate(Message message) {
        int output = counter.count(message.text());
        for (var call : message.toolCalls()) {
            output += counter.count(call.name()) + counter.count(call.arguments());
        }
        return Usage.estimated(turn.context().tokens().sent(), output);
    }

    @Override
    public void close() {
        closed = true;
        current.reply().close();
        var awaited = next;
        if (awaited != null) {
            awaited.cancel(true);
        }
    }

    @Override
    public ProviderReply reply() {
        return this;
    }

    @Override
    public Deque<Event> first() {
        return first;
    }

    @Override
    public String provider() {
        return current.provider();
    }

    @Override
    public String model() {
        return current.model();
    }

    @Override
    public boolean fallback() {
        return fallback || current.fallback();
    }

    @Override
    public Bill succeeded(Usage counted) {
        return current.succeeded(counted);
    }

    @Override
    public Bill total(Bill last) {
        var earlier = before;
        if (earlier == null) {
            return last;
        }
        Double first = earlier.dollars();
        Double other = last.dollars();
        return new Bill(
                earlier.usage().plus(last.usage()),
                first == null || other == null ? null : Double.valueOf(first + other));
    }

    /** What the workspace was like is not what it will be. */
    @Override
    public boolean reusable() {
        return before == null;
    }

    @Override
    public void broke(ProviderFailure failure) {
        if (!failedBetween) {
            current.broke(failure);
        }
    }

    @Override
    public List<Attempt> attempts(String outcome, long now) {
        var all = new ArrayList<>(attempts);
        if (!failedBetween) {
            all.addAll(current.attempts(outcome, now));
        }
        return all;
    }
}
