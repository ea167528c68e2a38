package io.perpetua.benchmarks.conversation;

import io.micronaut.context.ApplicationContext;
import io.perpetua.application.memory.Embedder;
import io.perpetua.bootstrap.ProgressBar;
import io.perpetua.domain.context.TokenReport;
import io.perpetua.domain.conversation.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Goes through a conversation and asks for its facts. Every closing question is a request of its own from the same
 * state: its context is made as the server makes it, and the model is asked with it, so that no answer helps another.
 * The last question is asked once more as the turn after the exchanges, remembered, for the account of that turn.
 */
final class Measurement {

    private final UiConversation conversation;
    private final Session session;
    private final Embedder embedder;
    private final ProgressBar progress;
    private final List<Reading> fullAnswers = new ArrayList<>();

    /** Measures {@code conversation} through the beans of {@code context}, which have not seen it before. */
    Measurement(UiConversation conversation, ApplicationContext context, Session.Asking asking) {
        this.conversation = conversation;
        session = new Session(context, "ui-building-" + conversation.exchanges().size(), asking);
        embedder = context.getBean(Embedder.class);
        progress = new ProgressBar(
                System.err,
                conversation.exchanges().size() + conversation.required().size());
    }

    Results run() {
        var requests = new ArrayList<TokenReport>();
        for (var exchange : conversation.exchanges()) {
            requests.add(session.goThrough(exchange).tokens());
            progress.step("exchanges");
        }
        long tokens = session.tokens();
        var outcomes = new ArrayList<Outcome>();
        for (Required required : conversation.required()) {
            outcomes.add(ask(required));
            progress.step("questions");
        }
        var lastTurn = session.goOn(conversation.required().getLast().question());
        progress.done();
        return new Results(
                conversation.exchanges().size(),
                tokens,
                Overlap.of(conversation.messages()),
                outcomes,
                floor(),
                requests,
                lastTurn.report().tokens());
    }

    private Outcome ask(Required required) {
        var context = session.contextFor(required.question());
        String managed = session.answer(context).text();
        String full = session.answerFromAll(required.question()).text();
        String again = session.answerFromAll(required.question()).text();
        var reading = Reading.of(full, embedder);
        fullAnswers.add(reading);
        return new Outcome(
                required,
                required.answeredBy(text(context.messages())),
                required.answeredBy(
                        text(session.contextWithoutRecall(required.question()).messages())),
                required.answeredBy(
                        text(session.lastMessages(context.report().tokens().sent()))),
                managed,
                full,
                Likeness.of(Reading.of(managed, embedder), reading),
                Likeness.of(Reading.of(again, embedder), reading),
                context.report().tokens());
    }

    private static String text(List<Message> messages) {
        return messages.stream().map(Message::text).collect(Collectors.joining("\n"));
    }

    private Likeness floor() {
        var pairs = new ArrayList<Likeness>();
        for (int i = 0; i < fullAnswers.size(); i++) {
            for (int j = 0; j < i; j++) {
                pairs.add(Likeness.of(fullAnswers.get(i), fullAnswers.get(j)));
            }
        }
        return Likeness.mean(pairs);
    }
}
