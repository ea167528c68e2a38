package io.perpetua.application.routing;

import io.perpetua.domain.usage.Price;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A provider that replies what a test has prepared, in order. Safe for concurrent use. */
public final class ScriptedProvider implements ChatProvider {

    public static final ModelInfo SMALL =
            new ModelInfo("fake", "small", 128_000, new Price(1_000_000, 500_000, 1_000_000, 2_000_000));

    public static final ModelInfo UNPRICED = new ModelInfo("fake", "unpriced", 8_000, null);

    private final String name;
    private final List<ModelInfo> models;
    private final Deque<Object> replies = new ArrayDeque<>();
    private final List<ProviderRequest> asked = new ArrayList<>();

    /** The provider {@code fake} with two models. */
    public ScriptedProvider() {
        this("fake", SMALL, UNPRICED);
    }

    public ScriptedProvider(String name, ModelInfo... models) {
        this.name = name;
        this.models = List.of(models);
    }

    /** The next call is answered by a reply that is still to be fed. */
    public synchronized ScriptedReply reply() {
        var reply = new ScriptedReply();
        replies.add(reply);
        return reply;
    }

    /** The next call fails. */
    public synchronized void refuse(RuntimeException failure) {
        replies.add(failure);
    }

    /** What was asked, in order. */
    public synchronized List<ProviderRequest> asked() {
        return List.copyOf(asked);
    }

    /** Returns once it has been asked. */
    public synchronized void awaitAsked() throws InterruptedException {
        while (asked.isEmpty()) {
            wait();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<ModelInfo> models() {
        return models;
    }

    @Override
    public boolean open() {
        return false;
    }

    @Override
    public synchronized ProviderReply ask(ProviderRequest request) {
        asked.add(request);
        notifyAll();
        return switch (replies.remove()) {
            case RuntimeException failure -> throw failure;
            case ScriptedReply reply -> reply;
            case Object other -> throw new AssertionError(other);
        };
    }
}
