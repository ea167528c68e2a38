package io.perpetua.application.routing;

import io.perpetua.application.routing.Models.Target;
import io.perpetua.domain.routing.Intent;
import java.util.List;

/**
 * Whom a request is asked of.
 *
 * @param intent what kind of help it was taken to ask for
 * @param rungs who may answer, in the order in which they are asked, not empty
 * @param reason how that came about, for people
 */
public record Route(Intent intent, List<Target> rungs, String reason) {

    public Route {
        if (rungs.isEmpty()) {
            throw new IllegalArgumentException("a route to nobody");
        }
        rungs = List.copyOf(rungs);
    }

    /** Who is asked first. */
    public Target first() {
        return rungs.getFirst();
    }

    /** Without the rungs whose window is smaller than {@code tokens}, unless that is every one. */
    public Route fitting(int tokens) {
        var fitting = rungs.stream()
                .filter(rung -> rung.model().contextWindow() >= tokens)
                .toList();
        return fitting.isEmpty() ? this : new Route(intent, fitting, reason);
    }

    /** The largest window of any rung, in tokens. */
    public int largestWindow() {
        return rungs.stream()
                .mapToInt(rung -> rung.model().contextWindow())
                .max()
                .orElseThrow();
    }
}
