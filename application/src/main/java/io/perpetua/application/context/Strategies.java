package io.perpetua.application.context;

import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.strategy.ArtifactHistory;
import io.perpetua.domain.strategy.Digest;
import io.perpetua.domain.strategy.LatestStatements;
import io.perpetua.domain.strategy.OpenIssue;
import io.perpetua.domain.tokens.TokenCounter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What each strategy shows besides what a search finds. A strategy's digest is made only for requests that ask for it.
 * Safe for concurrent use.
 */
final class Strategies {

    private final Digests<ArtifactHistory> artifacts;
    private final Digests<LatestStatements> designs;
    private final Digests<LatestStatements> identities;
    private final Digests<OpenIssue> issues;
    private final TokenCounter counter;

    Strategies(Conversations conversations, TokenCounter counter) {
        artifacts = new Digests<>(conversations, ArtifactHistory.EMPTY);
        designs = new Digests<>(conversations, LatestStatements.OF_DESIGN);
        identities = new Digests<>(conversations, LatestStatements.OF_IDENTITY);
        issues = new Digests<>(conversations, OpenIssue.NONE);
        this.counter = counter;
    }

    /** What the request's strategy shows. */
    Essentials essentials(Request request, OpenExchange open) {
        String message = open.question();
        return switch (request.options.strategy()) {
            case CHAT, RESEARCH -> Essentials.NONE;
            case CODE_EDITOR -> new Workpieces(request, read(artifacts, request), LatestStatements.OF_DESIGN, message);
            case UI_BUILDER -> new Workpieces(request, read(artifacts, request), read(designs, request), message);
            case SUPPORT -> new CaseFile(request, read(identities, request), read(issues, request), message, counter);
        };
    }

    /** The digest of the past and of what the request adds to it. */
    private static <D extends Digest<D>> D read(Digests<D> digests, Request request) {
        return digests.of(request.dialogue).after(added(request.dialogue));
    }

    private static List<Turn> added(Dialogue dialogue) {
        var added = new ArrayList<Turn>();
        for (var message : dialogue.fresh()) {
            added.add(new Turn(dialogue.turns() + 1 + added.size(), message, Instant.EPOCH, 0));
        }
        return added;
    }
}
