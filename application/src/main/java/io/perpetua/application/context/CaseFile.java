package io.perpetua.application.context;

import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.Clipping;
import io.perpetua.domain.strategy.LatestStatements;
import io.perpetua.domain.strategy.OpenIssue;
import io.perpetua.domain.tokens.TokenCounter;
import java.util.ArrayList;
import java.util.List;

/** A user's case: who it is, and the problem that is open with what was said about it. For one request. */
final class CaseFile implements Essentials {

    /** Most tokens of a statement of the problem, and of a turn that follows it. */
    private static final int STATEMENT = 200;

    private static final int ANSWER = 120;
    /** A turn of so many tokens is shown whole where a sentence of it is wanted. */
    private static final int SHORT = 60;
    /** The answer to a statement, and the exchange after it. */
    private static final int FOLLOWING = 3;

    private final Request request;
    private final LatestStatements identity;
    private final OpenIssue issue;
    private final String message;
    private final TokenCounter counter;

    CaseFile(Request request, LatestStatements identity, OpenIssue issue, String message, TokenCounter counter) {
        this.request = request;
        this.identity = identity;
        this.issue = issue;
        this.message = message;
        this.counter = counter;
    }

    @Override
    public List<Piece> pieces(int before) {
        var pieces = new ArrayList<Piece>();
        for (int number : issue.statements().reversed()) {
            at(number, before).forEach(turn -> pieces.add(clipped(turn, STATEMENT)));
        }
        identity.byTurn()
                .forEach((number, sentences) -> at(number, before).forEach(turn -> {
                    String stated = LatestStatements.quoted(turn.message(), sentences);
                    if (request.anchors.stream().noneMatch(anchor -> says(anchor, stated))) {
                        String said = turn.message().text();
                        pieces.add(counter.count(said) <= SHORT ? Piece.of(turn, said) : Piece.of(turn, 0, stated));
                    }
                }));
        for (int number : issue.statements().reversed()) {
            for (int next = number + 1;
                    next <= number + FOLLOWING && !issue.statements().contains(next);
                    next++) {
                at(next, before).forEach(turn -> pieces.add(clipped(turn, ANSWER)));
            }
        }
        return pieces.stream()
                .filter(piece -> !piece.parts().getFirst().text().isBlank())
                .toList();
    }

    private List<Turn> at(int number, int before) {
        return number < before ? request.turns(number, number) : List.of();
    }

    private Piece clipped(Turn turn, int tokens) {
        return Piece.of(turn, Clipping.of(turn.message().text(), message, tokens, counter));
    }

    /** Whether an anchor, which is always sent, holds all that was stated. */
    private static boolean says(Anchor anchor, String stated) {
        String bare = stated.replace('’', '\'').replaceAll("[.!\\s]+$", "");
        return anchor.text().contains(bare);
    }
}
