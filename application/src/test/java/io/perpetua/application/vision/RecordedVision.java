package io.perpetua.application.vision;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a listener was told, in order. Safe for concurrent use. */
public final class RecordedVision implements VisionListener {

    public final List<String> answered = new CopyOnWriteArrayList<>();
    public final List<String> indexed = new CopyOnWriteArrayList<>();
    public final List<Boolean> decoded = new CopyOnWriteArrayList<>();

    @Override
    public void answered(Call call, Outcome outcome, Duration took) {
        if (took.isNegative()) {
            throw new AssertionError("took " + took);
        }
        answered.add(call + " " + outcome);
    }

    @Override
    public void indexed(Outcome outcome, Duration took) {
        indexed.add(outcome + " " + took.toSeconds() + " s");
    }

    @Override
    public void decoded(boolean cached) {
        decoded.add(cached);
    }
}
