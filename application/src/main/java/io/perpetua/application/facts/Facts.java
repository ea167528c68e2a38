package io.perpetua.application.facts;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.facts.FactFilter;
import io.perpetua.domain.facts.FactRules;
import io.perpetua.domain.facts.Statement;
import io.perpetua.domain.facts.Superseding;
import io.perpetua.domain.facts.Superseding.Telling;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts of scopes. Driven port; safe for concurrent use; every write is atomic and durable when its method returns;
 * throws {@link StoreUnavailable}. What is kept follows {@link Superseding}: however many tell one fact at once, it is
 * one, and all of them are its sources.
 */
public interface Facts {

    /**
     * Tells a fact.
     *
     * @param id the fact's if it is new, unique within the scope
     * @param now when it is told
     */
    Outcome tell(Scope scope, Statement told, String id, Instant now, FactRules rules);

    /** What came of telling. */
    sealed interface Outcome {

        record Told(Telling telling) implements Outcome {}

        /** Nothing is kept: the fact is new, and the scope has as many as the rules allow. */
        enum Refused implements Outcome {
            FULL
        }
    }

    @Nullable
    Fact find(Scope scope, String id);

    /** Those of the facts of these ids that are there, in this order. */
    List<Fact> find(Scope scope, List<String> ids);

    /** Deletes a fact, beyond recovery; what it had superseded holds again. Returns whether it was there. */
    boolean delete(Scope scope, String id);

    /**
     * The facts that {@code filter} admits, the one that was kept last first.
     *
     * @param after where the page before ended, null for the first page
     * @param limit most facts on the page, from 1
     */
    Found query(Scope scope, FactFilter filter, @Nullable Place after, int limit);

    /**
     * As much of the facts that {@code filter} admits as they are found by, the one that was kept last first. However much
     * they say, no more of it is held at once than is given.
     *
     * @param after the place to begin at, null for the beginning
     * @param most facts, from 1
     * @param characters most of all texts together; but for the first, none is given that would exceed it
     */
    List<Gist> gists(Scope scope, FactFilter filter, @Nullable Place after, int most, long characters);

    /**
     * Erases what was heard in a conversation, and how far it was read: its sources, and the facts that nobody else
     * vouches for, beyond recovery. The conversation need not be there.
     *
     * @return how many facts it had a part in
     */
    int forget(ConversationKey conversation);

    /** Through which turn a model has read the conversation, 0 for none. */
    int readThrough(ConversationKey conversation);

    /** Notes that a model has read the conversation through {@code turn}. */
    void noteReadThrough(ConversationKey conversation, int turn);

    /** A fact's place in the order in which facts were kept. */
    record Place(Instant recordedAt, String id) {

        public static Place of(Fact fact) {
            return new Place(fact.recordedAt(), fact.id());
        }

        /** Whether {@code fact} comes behind this place, where the last is first. */
        public boolean isBefore(Fact fact) {
            int order = fact.recordedAt().compareTo(recordedAt);
            return order < 0 || (order == 0 && fact.id().compareTo(id) < 0);
        }
    }

    /**
     * Some facts of many.
     *
     * @param total how many the filter admits in all
     */
    record Found(List<Fact> facts, long total) {

        public Found {
            facts = List.copyOf(facts);
        }
    }
}
