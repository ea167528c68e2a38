package io.perpetua.application.spool;

import io.perpetua.application.Availability;
import io.perpetua.application.brief.Briefs;
import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.memory.Anchors;
import io.perpetua.application.spool.Spool.Waiting;
import java.util.List;
import java.util.function.Supplier;

/** The record in a store that all instances share, as this one uses it. Safe for concurrent use. */
public final class SharedRecord {

    private static final int BATCH = 256;

    private final SpooledConversations conversations;
    private final TurnConversations turnConversations;
    private final TurnAnchors turnAnchors;
    private final TurnBriefs turnBriefs;
    private final Outages outages;
    private final ReplaySpool replay;

    /**
     * Goes on with what {@code spool} holds from before.
     *
     * @param shared knows whether the store is there
     * @param ids gives a new conversation's id, never the same twice
     * @param localBytes roughly what the conversations may take that are known without the store
     */
    public SharedRecord(
            Conversations conversations,
            Anchors anchors,
            Briefs briefs,
            Spool spool,
            SharedStore shared,
            Supplier<String> ids,
            long localBytes) {
        var views = new Views(localBytes, spool::holds);
        outages = new Outages(shared);
        this.conversations = new SpooledConversations(conversations, spool, views, outages);
        var known = new KnownHere(spool, views, outages);
        turnConversations = new TurnConversations(this.conversations, conversations, known);
        turnAnchors = new TurnAnchors(anchors, known);
        turnBriefs = new TurnBriefs(briefs, known);
        replay = new ReplaySpool(
                conversations,
                spool,
                views,
                new Detours(conversations, spool, ids),
                shared,
                this.conversations.replaying);
        goOn(spool, views);
    }

    /** What was acknowledged before the process began is known again, without what had been stored before it. */
    private static void goOn(Spool spool, Views views) {
        long after = 0;
        for (List<Waiting> batch = spool.oldest(after, BATCH); !batch.isEmpty(); batch = spool.oldest(after, BATCH)) {
            for (var each : batch) {
                if (each.line().first() > 0) {
                    take(views, each);
                }
                after = each.number();
            }
        }
    }

    private static void take(Views views, Waiting waiting) {
        var after = views.after(waiting.append(), waiting.line().before());
        int told = waiting.line().first() + waiting.append().turns().size() - 1;
        boolean whole =
                after.past().conversation().turns() == told && !waiting.line().blind();
        views.take(after, after.rooted() && whole);
    }

    /** The record whole, or not at all: what it cannot tell is an error. */
    public Conversations conversations() {
        return conversations;
    }

    /** The record as turns in the making read it: what is known has to do. */
    public Conversations turnConversations() {
        return turnConversations;
    }

    /** Anchors, the same way. */
    public Anchors turnAnchors() {
        return turnAnchors;
    }

    /** Briefs, the same way. */
    public Briefs turnBriefs() {
        return turnBriefs;
    }

    /** Tells turns that the store was missing. */
    public Availability availability() {
        return outages;
    }

    /** Writes what waits. */
    public ReplaySpool replay() {
        return replay;
    }
}
