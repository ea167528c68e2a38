package io.perpetua.application.facts;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.conversation.Conversations.Outcome.Appended;
import io.perpetua.application.conversation.StoreTurns;
import io.perpetua.application.conversation.StoreTurns.Dated;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.facts.FactRules;
import io.perpetua.domain.facts.Holder;
import io.perpetua.domain.facts.Source;
import io.perpetua.domain.facts.Source.Origin;
import io.perpetua.domain.facts.StatedFacts;
import io.perpetua.domain.facts.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/*
 * What is stored is what the client sent, before anything was added to it, so no text of ours is ever read here. A fact
 * that is missed because the lane is full, or the server dies, is still among the conversation's anchors.
 */
/** Use case: keep what users say of themselves, by rules, in the background. Safe for concurrent use. */
public final class HearFacts implements StoreTurns.Listener {

    private final Facts facts;
    private final Conversations conversations;
    private final FactRules rules;
    private final Supplier<String> ids;
    private final InstantSource clock;
    private final Executor lane;

    /**
     * Keeps {@code facts}.
     *
     * @param conversations tells whether a conversation is still there
     * @param lane runs the work, apart from any request; may refuse it when it has too much
     */
    public HearFacts(
            Facts facts,
            Conversations conversations,
            FactRules rules,
            Supplier<String> ids,
            InstantSource clock,
            Executor lane) {
        this.facts = facts;
        this.conversations = conversations;
        this.rules = rules;
        this.ids = ids;
        this.clock = clock;
        this.lane = lane;
    }

    @Override
    public void stored(Appended appended, List<Dated> said) {
        var users =
                said.stream().filter(each -> each.message().role() == Role.USER).toList();
        if (users.isEmpty() || rules.threshold() > StatedFacts.CONFIDENCE) {
            return;
        }
        try {
            lane.execute(() -> hearIfPossible(appended.conversation(), users));
        } catch (RejectedExecutionException e) {
            // They stay anchors.
        }
    }

    private void hearIfPossible(Conversation conversation, List<Dated> said) {
        try {
            hear(conversation, said);
        } catch (StoreUnavailable e) {
            // They stay anchors.
        }
    }

    private void hear(Conversation conversation, List<Dated> said) {
        var key = conversation.key();
        var holder = Holder.speaker(conversation.user(), key.id());
        boolean told = false;
        for (Dated each : said) {
            for (var triple : StatedFacts.in(each.message())) {
                var source = new Source(Origin.DETECTED, null, null, key.id(), StatedFacts.CONFIDENCE, each.at());
                facts.tell(key.scope(), new Statement(holder, triple, null, source), ids.get(), clock.instant(), rules);
                told = true;
            }
        }
        if (told && conversations.find(key) == null) {
            facts.forget(key); // it was erased meanwhile
        }
    }
}
