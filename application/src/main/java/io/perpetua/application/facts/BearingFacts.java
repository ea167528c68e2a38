package io.perpetua.application.facts;

import static java.util.Objects.requireNonNull;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.facts.FactFilter;
import io.perpetua.domain.facts.Source;
import io.perpetua.domain.facts.Source.Origin;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * What rules have found in this very conversation is in its anchors already, in the user's own words, and is left out:
 * it would be paid for twice.
 */
/** Use case: find the facts of a conversation, or of its user, that bear on a message. Safe for concurrent use. */
public final class BearingFacts {

    /** How an account calls what is missing where the store did not answer. */
    public static final String MISSING = "facts";

    /** Facts of either that are looked at, the latest. */
    private static final int LOOKED_AT = 256;

    /** Most facts that are worth sending. */
    private static final int MOST = 12;

    private final Facts facts;
    private final FactSearch search;
    private final InstantSource clock;

    public BearingFacts(Facts facts, FactSearch search, InstantSource clock) {
        this.facts = facts;
        this.search = search;
        this.clock = clock;
    }

    /**
     * What was found.
     *
     * @param facts the one that bears on the message most first
     * @param degraded whether there may be more, for the store did not answer
     */
    public record Bearing(List<Fact> facts, boolean degraded) {

        /** Nothing, where nothing was looked for. */
        public static final Bearing NONE = new Bearing(List.of(), false);

        public Bearing {
            facts = List.copyOf(facts);
        }
    }

    /**
     * Those that hold now and bear on {@code message}. Waits for no vector of a fact.
     *
     * @param user whose others are looked at, too; null for nobody's
     */
    public Bearing on(ConversationKey conversation, @Nullable String user, String message) {
        try {
            var known = known(conversation, user);
            var gists = known.values().stream().map(Gist::of).toList();
            return new Bearing(
                    search.of(gists, message, 0).matches().stream()
                            .limit(MOST)
                            .map(match -> requireNonNull(known.get(match.id())))
                            .toList(),
                    false);
        } catch (StoreUnavailable e) {
            return new Bearing(List.of(), true);
        }
    }

    private Map<String, Fact> known(ConversationKey conversation, @Nullable String user) {
        var now = clock.instant();
        Map<String, Fact> known = new LinkedHashMap<>();
        add(known, conversation, FactFilter.ofConversation(conversation.id(), now));
        if (user != null) {
            add(known, conversation, FactFilter.ofUser(user, now));
        }
        return known;
    }

    private void add(Map<String, Fact> known, ConversationKey conversation, FactFilter filter) {
        for (Fact fact :
                facts.query(conversation.scope(), filter, null, LOOKED_AT).facts()) {
            if (!fact.sources().stream().allMatch(source -> isAnchored(source, conversation.id()))) {
                known.putIfAbsent(fact.id(), fact);
            }
        }
    }

    private static boolean isAnchored(Source source, String conversation) {
        return source.origin() == Origin.DETECTED && conversation.equals(source.conversation());
    }
}
