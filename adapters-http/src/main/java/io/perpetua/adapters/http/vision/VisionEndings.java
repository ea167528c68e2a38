package io.perpetua.adapters.http.vision;

import io.perpetua.adapters.http.guard.Endings;
import io.perpetua.application.vision.VisionListener;
import io.perpetua.application.vision.VisionListener.Call;
import io.perpetua.application.vision.VisionListener.Outcome;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells how calls that concern documents ended. */
@Singleton
final class VisionEndings implements Endings {

    private static final Map<String, Call> CALLS =
            Map.of("/v1/vision/search", Call.SEARCH, "/v1/vision/decode", Call.DECODE, "/v1/vision/index", Call.INDEX);

    private final List<VisionListener> listeners;

    VisionEndings(List<VisionListener> listeners) {
        this.listeners = listeners;
    }

    @Override
    public @Nullable Listener of(String method, String path) {
        var call = method.equals("POST") ? CALLS.get(path) : null;
        return call == null
                ? null
                : (ending, took) ->
                        listeners.forEach(listener -> listener.answered(call, outcome(ending.kind()), took));
    }

    private static Outcome outcome(Kind kind) {
        return switch (kind) {
            case OK -> Outcome.OK;
            case REFUSED -> Outcome.REFUSED;
            case LIMITED, BUSY -> Outcome.LIMITED;
            case UNAVAILABLE -> Outcome.UNAVAILABLE;
            case FAILED -> Outcome.FAILED;
            case CANCELLED -> Outcome.CANCELLED;
        };
    }
}
