package io.perpetua.application.brief;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.brief.BriefListener.Author;
import io.perpetua.application.brief.Summarizer.SummarizerUnavailable;
import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.conversation.Conversations.Outcome.Appended;
import io.perpetua.application.conversation.StoreTurns;
import io.perpetua.application.conversation.StoreTurns.Dated;
import io.perpetua.application.lease.HoldLeases;
import io.perpetua.application.lease.HoldLeases.Lease;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.brief.Compaction;
import io.perpetua.domain.context.Sections;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.mode.Mode;
import io.perpetua.domain.mode.ModePolicy;
import io.perpetua.domain.mode.ModePolicy.Reach;
import io.perpetua.domain.tokens.TokenCounter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Use case: keep a conversation's brief going, in the background, a stretch of turns at a time, by one
 * instance at a time. Doing it twice, or in two places at once, costs twice and changes nothing: a brief is kept only where
 * it builds upon the one that is there. Safe for concurrent use.
 */
public final class RollBrief implements StoreTurns.Listener {

    /** Turns that are folded in at a time, so that a long import is summarised in pieces that a summarizer can take. */
    private static final int STRETCH = 200;

    /** Tokens that a brief's text may cost more where it is sent than by itself: a message's, and those of the seams. */
    private static final int MARGIN = 8;

    private static final String PLACEHOLDER = "-";

    private final Conversations conversations;
    private final Briefs briefs;
    private final Summarizer summarizer;
    private final Summarizer fallback;
    private final TokenCounter counter;
    private final ModePolicy modes;
    private final Compaction compaction;
    private final int maxTokens;
    private final HoldLeases leases;
    private final BriefListener listener;
    private final Executor lane;
    private final Set<ConversationKey> waiting = ConcurrentHashMap.newKeySet();

    /**
     * Keeps {@code briefs} of what {@code conversations} hold.
     *
     * @param fallback summarizes where {@code summarizer} cannot; never unavailable itself
     * @param maxTokens most tokens of a brief as it is sent, heading included
     * @param leases has one of the instances that share the briefs make one
     * @param listener hears of what is kept
     * @param lane runs the work, apart from any request; may refuse it when it has too much, for the next turn asks again
     */
    public RollBrief(
            Conversations conversations,
            Briefs briefs,
            Summarizer summarizer,
            Summarizer fallback,
            TokenCounter counter,
            ModePolicy modes,
            Compaction compaction,
            int maxTokens,
            HoldLeases leases,
            BriefListener listener,
            Executor lane) {
        this.conversations = conversations;
        this.briefs = briefs;
        this.summarizer = summarizer;
        this.fallback = fallback;
        this.counter = counter;
        this.modes = modes;
        this.compaction = compaction;
        this.maxTokens = maxTokens;
        this.leases = leases;
        this.listener = listener;
        this.lane = lane;
    }

    @Override
    public void stored(Appended appended, List<Dated> said) {
        var conversation = appended.conversation();
        if (modes.choose(conversation.tokens(), conversation.mode()) == Mode.FULL || !waiting.add(conversation.key())) {
            return;
        }
        try {
            lane.execute(() -> {
                waiting.remove(conversation.key());
                rollIfPossible(conversation.key());
            });
        } catch (RejectedExecutionException e) {
            waiting.remove(conversation.key());
        }
    }

    private void rollIfPossible(ConversationKey key) {
        try {
            roll(key);
        } catch (StoreUnavailable e) {
            // The next turn asks again.
        }
    }

    /**
     * Folds into the brief what has left the recent turns, if it is time to; until there is nothing more to fold. Where
     * another instance is about it, that is left to it.
     */
    public void roll(ConversationKey key) {
        try (Lease lease = lease(key)) {
            if (lease != null) {
                foldAll(key);
            }
        }
    }

    /** Where nobody can say who else is about it, two may be, which does no harm. */
    private @Nullable Lease lease(ConversationKey key) {
        try {
            return leases.take(name(key));
        } catch (StoreUnavailable e) {
            return () -> {};
        }
    }

    private void foldAll(ConversationKey key) {
        boolean more = true;
        while (more) {
            more = fold(key);
        }
    }

    /** Of this conversation alone, whatever its names are made of. */
    private static String name(ConversationKey key) {
        String tenant = key.scope().tenant();
        String namespace = key.scope().namespace();
        return "brief:" + tenant.length() + ":" + tenant + namespace.length() + ":" + namespace + key.id();
    }

    private boolean fold(ConversationKey key) {
        var conversation = conversations.find(key);
        if (conversation == null) {
            return false;
        }
        Brief before = briefs.find(key);
        int covered = before == null ? 0 : before.coversThrough();
        if (conversation.turns() <= covered) {
            return false;
        }
        Mode mode = modes.choose(conversation.tokens(), conversation.mode());
        List<Turn> leaving = mode == Mode.FULL ? List.of() : leaving(conversation, before, modes.reach(mode));
        if (leaving.isEmpty()) {
            return false;
        }
        int through = leaving.getLast().number();
        var written = summarize(before, leaving, through);
        if (written == null || !briefs.replace(key, covered, written.brief())) {
            return false;
        }
        listener.kept(written.author());
        return true;
    }

    private record Written(Brief brief, Author author) {}

    /** The next turns to be folded in. A stretch that a single exchange fills is read on. */
    private List<Turn> leaving(Conversation conversation, @Nullable Brief before, Reach reach) {
        int covered = before == null ? 0 : before.coversThrough();
        int briefTokens = before == null ? maxTokens : before.tokens();
        int last = conversation.turns();
        for (int stretch = STRETCH; ; stretch *= 2) {
            int read = (int) Math.min(last, (long) covered + stretch);
            var uncovered = conversations.turns(conversation.key(), List.of(new TurnRange(covered + 1, read)));
            var leaving = compaction.leaving(uncovered, briefTokens, read == last, reach);
            if (read == last || !leaving.isEmpty()) {
                return leaving;
            }
        }
    }

    /** A brief that keeps to its bounds, by the fallback if need be; null when there is nothing to tell. */
    private @Nullable Written summarize(@Nullable Brief before, List<Turn> turns, int through) {
        int textTokens = maxTokens - counter.count(Sections.brief(new Brief(PLACEHOLDER, through, 0))) - MARGIN;
        try {
            Brief brief = brief(summarizer.summarize(before, turns, textTokens), through);
            if (brief != null && brief.tokens() <= textTokens) {
                return new Written(brief, Author.SUMMARIZER);
            }
        } catch (SummarizerUnavailable | StoreUnavailable e) {
            // The fallback is for this.
        }
        Brief brief = brief(fallback.summarize(before, turns, textTokens), through);
        return brief == null ? null : new Written(brief, Author.FALLBACK);
    }

    private @Nullable Brief brief(String text, int through) {
        return text.isBlank() ? null : new Brief(text, through, counter.count(text));
    }
}
