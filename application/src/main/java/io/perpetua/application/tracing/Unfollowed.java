package io.perpetua.application.tracing;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Work that nobody follows. */
final class Unfollowed implements Tracing, Tracing.Followed {

    private static final Scope NOTHING = () -> {};

    @Override
    public Followed begin(String method, String route, Function<String, @Nullable String> headers) {
        return this;
    }

    @Override
    public <T> T step(Step step, Supplier<T> work) {
        return work.get();
    }

    @Override
    public @Nullable Place current() {
        return null;
    }

    @Override
    public Scope enter() {
        return NOTHING;
    }

    @Override
    public void ended(int status) {}
}
