package io.perpetua.application.chat;

import io.perpetua.application.routing.RouteTurn;
import io.perpetua.application.routing.RouteTurn.Explained;
import io.perpetua.domain.access.ApiKey.Access;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.routing.Intent;
import java.util.List;
import java.util.stream.Collectors;

/** Use case: whom a request would be asked of, and why, without asking anybody. Safe for concurrent use. */
public final class ExplainRoute {

    private final RouteTurn routes;
    private final Questions questions;

    public ExplainRoute(RouteTurn routes, Questions questions) {
        this.routes = routes;
        this.questions = questions;
    }

    /** A route, each rung as it stands, in the order in which they would be asked. */
    public record Explanation(Intent intent, List<Explained> ladder, String reason) {}

    /**
     * Explains the route of a request.
     *
     * @param model {@code auto}, {@code provider/model}, or a bare name
     * @param messages what the client sends
     * @param access what the client may ask
     * @throws io.perpetua.application.RequestRefused when nobody serves that model, or nobody who may be asked
     */
    public Explanation explain(String model, List<Message> messages, Access access) {
        var said = messages.stream().filter(each -> !each.role().instructs()).toList();
        var explained = routes.explain(model, questions.of(said, null), access);
        var route = explained.route();
        return new Explanation(route.intent(), explained.rungs(), route.reason() + quoting(route.words()));
    }

    private static String quoting(List<String> words) {
        return words.isEmpty() ? "" : words.stream().collect(Collectors.joining("\", \"", "; it says \"", "\""));
    }
}
