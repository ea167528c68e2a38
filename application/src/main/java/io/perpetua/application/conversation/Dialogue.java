package io.perpetua.application.conversation;

import io.perpetua.application.brief.Briefs;
import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.Fork;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.application.memory.Anchors;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.mode.Mode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a request stands: the past it goes on from, and what it adds.
 *
 * @param key the conversation that its turns will be stored in
 * @param named whether the client called the conversation by name, so that it goes on wherever that has got to
 * @param user the end user, if the client named one
 * @param past the conversation whose beginning is the past, null when there is none
 * @param turns how many of that conversation's turns are the past
 * @param fresh what the request adds, in order; empty when it repeats what is stored
 * @param read what was read of {@code past} already, null when only its head was
 */
public record Dialogue(
        ConversationKey key,
        boolean named,
        @Nullable String user,
        @Nullable Conversation past,
        int turns,
        List<Message> fresh,
        @Nullable Past read) {

    public Dialogue {
        fresh = List.copyOf(fresh);
    }

    /** A request of whose past only the head was read. */
    public Dialogue(
            ConversationKey key,
            boolean named,
            @Nullable String user,
            @Nullable Conversation past,
            int turns,
            List<Message> fresh) {
        this(key, named, user, past, turns, fresh, null);
    }

    /** Turns {@code first} to {@code last} of the past's conversation, asked for only where they were not read already. */
    public List<Turn> turns(Conversations conversations, int first, int last) {
        if (past == null || last < first) {
            return List.of();
        }
        var known = read == null ? null : read.turns(first, last);
        return known != null ? known : conversations.turns(past.key(), List.of(new TurnRange(first, last)));
    }

    /** The anchors of the past's conversation, asked for only where they were not read already. */
    public List<Anchor> anchors(Anchors anchors) {
        if (past == null) {
            return List.of();
        }
        return read != null ? read.anchors() : anchors.of(past.key());
    }

    /** The brief of the past's conversation, asked for only where it was not read already. */
    public @Nullable Brief brief(Briefs briefs) {
        if (past == null) {
            return null;
        }
        return read != null ? read.brief() : briefs.find(past.key());
    }

    /** The conversation this one branches off, or null. */
    public @Nullable String forkedFrom() {
        if (past == null) {
            return null;
        }
        return past.key().equals(key) ? past.forkedFrom() : past.key().id();
    }

    /** The branches that hold the past. */
    public List<PathSegment> path() {
        if (past == null) {
            return List.of();
        }
        var shared = new ArrayList<PathSegment>();
        for (var segment : past.path()) {
            if (segment.first() <= turns) {
                shared.add(new PathSegment(segment.branch(), segment.first(), Math.min(segment.last(), turns)));
            }
        }
        return shared;
    }

    /**
     * What is to be stored when {@code added} come after the past.
     *
     * @param request names this append and no other
     */
    Append append(List<NewTurn> added, @Nullable Mode mode, String request) {
        boolean goesOn = past != null && past.key().equals(key);
        if (goesOn) {
            return new Append(key, user, null, named ? Append.WHATEVER : turns, added, mode, request);
        }
        return new Append(
                key,
                user,
                past == null ? null : new Fork(past.key(), turns),
                named ? Append.WHATEVER : 0,
                added,
                mode,
                request);
    }
}
