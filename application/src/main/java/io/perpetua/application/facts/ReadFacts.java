package io.perpetua.application.facts;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.conversation.Conversations.Outcome.Appended;
import io.perpetua.application.conversation.StoreTurns;
import io.perpetua.application.conversation.StoreTurns.Dated;
import io.perpetua.application.facts.FactExtractor.Extracted;
import io.perpetua.application.facts.FactExtractor.ExtractorUnavailable;
import io.perpetua.application.lease.HoldLeases;
import io.perpetua.application.lease.HoldLeases.Lease;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.facts.FactRules;
import io.perpetua.domain.facts.Holder;
import io.perpetua.domain.facts.Source;
import io.perpetua.domain.facts.Source.Origin;
import io.perpetua.domain.facts.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Use case: have a model read what users said, a batch of turns at a time, in the background, by one instance at a time.
 * How far it has read is kept; reading a batch twice finds the same facts, told by the same sources, and changes nothing.
 * Where nobody answers, the batch is read when the conversation goes on. Safe for concurrent use.
 */
public final class ReadFacts implements StoreTurns.Listener {

    /** Turns that are waited for before a model is asked. */
    static final int BATCH = 8;

    /** Most turns that a model is given at once. */
    private static final int MOST_TURNS = 32;

    /** Most characters of what users said that a model is given at once, but at least one turn. */
    private static final int MOST_CHARACTERS = 16_000;

    /** Most facts that are taken of one batch. */
    private static final int MOST_FACTS = 40;

    private final FactExtractor extractor;
    private final Facts facts;
    private final Conversations conversations;
    private final FactRules rules;
    private final Supplier<String> ids;
    private final InstantSource clock;
    private final HoldLeases leases;
    private final Executor lane;
    private final Set<ConversationKey> waiting = ConcurrentHashMap.newKeySet();

    /**
     * Keeps what {@code extractor} finds.
     *
     * @param leases has one of the instances that share the store read a conversation
     * @param lane runs the work, apart from any request; may refuse it when it has too much, for the next turn asks again
     */
    public ReadFacts(
            FactExtractor extractor,
            Facts facts,
            Conversations conversations,
            FactRules rules,
            Supplier<String> ids,
            InstantSource clock,
            HoldLeases leases,
            Executor lane) {
        this.extractor = extractor;
        this.facts = facts;
        this.conversations = conversations;
        this.rules = rules;
        this.ids = ids;
        this.clock = clock;
        this.leases = leases;
        this.lane = lane;
    }

    @Override
    public void stored(Appended appended, List<Dated> said) {
        var key = appended.conversation().key();
        if (!extractor.enabled() || appended.conversation().turns() < BATCH || !waiting.add(key)) {
            return;
        }
        try {
            lane.execute(() -> {
                waiting.remove(key);
                readIfPossible(key);
            });
        } catch (RejectedExecutionException e) {
            waiting.remove(key);
        }
    }

    private void readIfPossible(ConversationKey key) {
        try (Lease lease = leases.take(
                "facts " + key.scope().tenant().length() + ":" + key.scope().tenant() + " "
                        + key.scope().namespace().length() + ":" + key.scope().namespace() + " " + key.id())) {
            if (lease != null) {
                readAll(key);
            }
        } catch (StoreUnavailable | ExtractorUnavailable e) {
            // The next turn asks again.
        }
    }

    private void readAll(ConversationKey key) {
        int through = facts.readThrough(key);
        Conversation conversation = conversations.find(key);
        while (conversation != null && conversation.turns() - through >= BATCH) {
            through = read(conversation, through);
            conversation = conversations.find(key);
        }
    }

    /** Reads some turns after turn {@code through}. Returns the last one's number. */
    private int read(Conversation conversation, int through) {
        var key = conversation.key();
        int last = Math.min(conversation.turns(), through + MOST_TURNS);
        var batch = new ArrayList<Turn>();
        int characters = 0;
        for (Turn turn : conversations.turns(key, List.of(new TurnRange(through + 1, last)))) {
            if (turn.message().role() == Role.USER && !turn.message().text().isBlank()) {
                characters += turn.message().text().length();
                if (characters > MOST_CHARACTERS && !batch.isEmpty()) {
                    last = turn.number() - 1;
                    break;
                }
                batch.add(turn);
            }
        }
        if (!batch.isEmpty()) {
            extractor.extract(batch).stream()
                    .filter(found -> found.confidence() >= rules.threshold())
                    .limit(MOST_FACTS)
                    .forEach(found -> tell(conversation, batch, found));
        }
        facts.noteReadThrough(key, last);
        if (conversations.find(key) == null) {
            facts.forget(key); // it was erased meanwhile
        }
        return last;
    }

    private void tell(Conversation conversation, List<Turn> batch, Extracted found) {
        var key = conversation.key();
        var at = batch.stream()
                .filter(turn -> turn.number() == found.turn())
                .map(Turn::at)
                .findFirst()
                .orElse(batch.getLast().at());
        var source = new Source(Origin.EXTRACTED, null, null, key.id(), found.confidence(), at);
        var told = new Statement(Holder.speaker(conversation.user(), key.id()), found.triple(), null, source);
        facts.tell(key.scope(), told, ids.get(), clock.instant(), rules);
    }
}
