package io.perpetua.application.facts;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.facts.FactSearch.Match;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.facts.FactFilter;
import io.perpetua.domain.facts.Source.Origin;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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

    /** Most characters of them. */
    private static final long READ = 100_000;

    /** Whole facts that are read at once. */
    private static final int AT_ONCE = 32;

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
            var scope = conversation.scope();
            var matches = search.of(known(conversation, user), message, 0).matches();
            var bearing = new ArrayList<Fact>();
            for (int from = 0; from < matches.size() && bearing.size() < MOST; from += AT_ONCE) {
                var ids = matches.stream()
                        .skip(from)
                        .limit(AT_ONCE)
                        .map(Match::id)
                        .toList();
                facts.find(scope, ids).stream()
                        .filter(fact -> !isAnchored(fact, conversation.id()))
                        .forEach(bearing::add);
            }
            return new Bearing(bearing.subList(0, Math.min(MOST, bearing.size())), false);
        } catch (StoreUnavailable e) {
            return new Bearing(List.of(), true);
        }
    }

    private List<Gist> known(ConversationKey conversation, @Nullable String user) {
        var now = clock.instant();
        var scope = conversation.scope();
        var known = new LinkedHashSet<Gist>();
        known.addAll(facts.gists(scope, FactFilter.ofConversation(conversation.id(), now), null, LOOKED_AT, READ));
        if (user != null) {
            known.addAll(facts.gists(scope, FactFilter.ofUser(user, now), null, LOOKED_AT, READ));
        }
        return List.copyOf(known);
    }

    private static boolean isAnchored(Fact fact, String conversation) {
        return fact.sources().stream()
                .allMatch(source -> source.origin() == Origin.DETECTED && conversation.equals(source.conversation()));
    }
}
