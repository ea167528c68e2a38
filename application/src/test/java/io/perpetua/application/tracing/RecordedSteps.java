package io.perpetua.application.tracing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Remembers the steps of the work, each with those that it is a part of: {@code context/search_memory}. Safe for concurrent use. */
public final class RecordedSteps implements Tracing {

    private final ThreadLocal<Deque<String>> under = ThreadLocal.withInitial(ArrayDeque::new);
    private final List<String> steps = new ArrayList<>();

    /** The steps so far, in the order in which they began. */
    public synchronized List<String> steps() {
        return List.copyOf(steps);
    }

    private synchronized void add(String step) {
        steps.add(step);
    }

    @Override
    public <T> T step(Step step, Supplier<T> work) {
        var names = under.get();
        names.addLast(step.wire());
        add(String.join("/", names));
        try {
            return work.get();
        } finally {
            names.removeLast();
        }
    }

    @Override
    public Followed begin(String method, String route, Function<String, @Nullable String> headers) {
        return NONE.begin(method, route, headers);
    }

    @Override
    public @Nullable Place current() {
        return null;
    }
}
