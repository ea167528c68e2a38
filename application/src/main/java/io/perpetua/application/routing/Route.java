package io.perpetua.application.routing;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.application.routing.Models.Target;
import io.perpetua.domain.access.ApiKey.Access;
import io.perpetua.domain.routing.Intent;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whom a request is asked of.
 *
 * @param intent what kind of help it was taken to ask for
 * @param rungs who may answer, in the order in which they are asked, not empty
 * @param reason how that came about, for people; nothing of the message is in it
 * @param words what of the message spoke for the intent, for whoever asks; not to be kept
 */
public record Route(Intent intent, List<Target> rungs, String reason, List<String> words) {

    public Route {
        words = List.copyOf(words);
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
        return fitting.isEmpty() ? this : new Route(intent, fitting, reason, words);
    }

    /**
     * Without the rungs that {@code access} does not include: models that are not allowed and, where there is a budget, those
     * whose price is not known, for nothing could be reserved for them.
     *
     * @throws RequestRefused when that is every one
     */
    public Route permitted(Access access) {
        var allowed = rungs.stream()
                .filter(rung -> access.models().permit(rung.model().id()))
                .toList();
        if (allowed.isEmpty()) {
            throw new RequestRefused(Reason.FORBIDDEN, "model_not_allowed", "model", "this key may not ask " + named());
        }
        var priced = access.budget() == null
                ? allowed
                : allowed.stream().filter(rung -> rung.model().price() != null).toList();
        if (priced.isEmpty()) {
            throw new RequestRefused(
                    Reason.FORBIDDEN,
                    "price_unknown",
                    "model",
                    "this key has a budget, and what " + named() + " costs is not known here");
        }
        return priced.size() == rungs.size() ? this : new Route(intent, priced, reason, words);
    }

    private String named() {
        return rungs.stream().map(rung -> rung.model().id()).collect(Collectors.joining(", "));
    }

    /** The largest window of any rung, in tokens. */
    public int largestWindow() {
        return rungs.stream()
                .mapToInt(rung -> rung.model().contextWindow())
                .max()
                .orElseThrow();
    }
}
