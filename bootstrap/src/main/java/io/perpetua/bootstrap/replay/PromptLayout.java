package io.perpetua.bootstrap.replay;

import io.perpetua.domain.budget.Part;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.tokens.MessageTokens;
import io.perpetua.domain.usage.Prompt;
import io.perpetua.domain.usage.Prompt.Piece;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/*
 * Where a provider wants the end of the part worth caching marked, each way marks what serves it best: a full history
 * its end; a window (SlidingWindow) its end as long as nothing has fallen out of it, and then the client's instructions;
 * what is rewritten nothing, for it never comes again; ours the end of the recent turns, and where nothing was recalled,
 * its end.
 */
/** Lays the requests of one conversation out as prompts, a piece a message. Not safe for concurrent use. */
public final class PromptLayout {

    private final MessageTokens tokens;
    private final Map<Message, Piece> pieces = new HashMap<>();

    /** Lays out by the costs that {@code tokens} counts. */
    public PromptLayout(MessageTokens tokens) {
        this.tokens = tokens;
    }

    /** Where in what is sent the message stands that recalled turns were put in front of. */
    public static int asked(ReplayedRequest request) {
        var sent = request.sent();
        int asked = sent.size() - 1;
        while (asked > 0 && sent.get(asked).role() != Role.USER) {
            asked--;
        }
        return asked;
    }

    /** All that was said. */
    Prompt history(ReplayedRequest request) {
        var all = new ArrayList<Piece>();
        add(request.instructions(), all);
        add(request.past(), all);
        add(request.open(), all);
        return new Prompt(all, all.size(), MessageTokens.REPLY_PRIMING);
    }

    /** The parts of ours, with what was recalled in the system message. */
    Prompt rewritten(ReplayedRequest request) {
        int recalled = recalled(request);
        if (recalled == 0) {
            return ours(request);
        }
        int asked = asked(request);
        var sent = request.sent();
        Message question = sent.get(asked);
        Message said = original(request, question);
        String section = question.text()
                .substring(0, Math.max(0, question.text().length() - said.text().length()));
        var all = new ArrayList<Piece>();
        if (asked > 0 && sent.getFirst().role().instructs()) {
            Piece system = piece(sent.getFirst());
            all.add(new Piece(system.text() + "\n\n" + section, system.tokens() + recalled));
            add(sent.subList(1, asked), all);
        } else {
            all.add(new Piece("system\n" + section, recalled));
            add(sent.subList(0, asked), all);
        }
        all.add(new Piece(text(said), piece(question).tokens() - recalled));
        add(sent.subList(asked + 1, sent.size()), all);
        return new Prompt(all, 0, MessageTokens.REPLY_PRIMING);
    }

    /** What is sent. */
    public Prompt ours(ReplayedRequest request) {
        var all = new ArrayList<Piece>();
        add(request.sent(), all);
        return new Prompt(all, recalled(request) == 0 ? all.size() : asked(request), MessageTokens.REPLY_PRIMING);
    }

    /** What recalled turns cost of what is sent. */
    private int recalled(ReplayedRequest request) {
        return Math.min(
                request.report().tokens().parts().getOrDefault(Part.RETRIEVED, 0),
                piece(request.sent().get(asked(request))).tokens());
    }

    /** What the user said of {@code question}, which has recalled turns in front. */
    private static Message original(ReplayedRequest request, Message question) {
        return request.open().reversed().stream()
                .filter(message -> message.role() == Role.USER)
                .findFirst()
                .orElse(question);
    }

    List<Piece> pieces(List<Message> messages) {
        return messages.stream().map(this::piece).toList();
    }

    private void add(List<Message> messages, List<Piece> all) {
        messages.forEach(message -> all.add(piece(message)));
    }

    private Piece piece(Message message) {
        return pieces.computeIfAbsent(message, each -> new Piece(text(each), tokens.of(each)));
    }

    private static String text(Message message) {
        String said = message.toolCalls().isEmpty() && message.media().isEmpty() ? message.text() : message.wire();
        return message.role().wire() + "\n" + (message.name() == null ? "" : message.name() + "\n") + said;
    }
}
