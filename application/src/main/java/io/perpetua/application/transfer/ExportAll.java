package io.perpetua.application.transfer;

import io.perpetua.application.access.ApiKeys;
import io.perpetua.application.brief.Briefs;
import io.perpetua.application.memory.Anchors;
import io.perpetua.application.routing.StandingStore;
import io.perpetua.application.transfer.Archive.Family;
import io.perpetua.application.transfer.Archive.Size;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.PathSegment;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * A store may be written to meanwhile. A family's turns are read up to where its branches ended when it was begun, so what
 * is said later is left out; anchors and briefs that rest on later turns are, too. Where turns are missing a conversation
 * was erased in between: the family is read again, and what was written of it is declared void.
 */
/** Use case: read all that a store keeps for long. Safe beside servers; memory is bounded by a page and a family's heads. */
public final class ExportAll {

    /** Turns that are read at once. */
    private static final int PAGE = 64;

    /** Names that stand in one entry. */
    private static final int NAMES = 256;

    private final Stores stores;
    private final Progress progress;

    /** The ports of the store that is read. */
    public record Stores(
            Archive archive,
            Anchors anchors,
            Briefs briefs,
            FactArchive facts,
            ApiKeys keys,
            Tallies tallies,
            StandingStore standings) {}

    public ExportAll(Stores stores, Progress progress) {
        this.stores = stores;
        this.progress = progress;
    }

    /** Gives everything to {@code sink}: families, their order, facts, keys, what was spent, what was learnt. */
    public void to(Entry.Sink sink) {
        new Run(sink, stores.archive.size()).families();
        grown(sink);
        stores.facts.each((scope, fact) -> sink.put(new Entry.Known(scope, fact)));
        stores.keys.list().forEach(key -> sink.put(new Entry.Key(key)));
        stores.tallies.spent().forEach(spent -> sink.put(new Entry.Spending(spent)));
        stores.standings.load().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> sink.put(new Entry.Learnt(entry.getKey(), entry.getValue())));
    }

    private void grown(Entry.Sink sink) {
        @Nullable String cursor = null;
        do {
            var page = stores.archive.grown(cursor, NAMES);
            if (!page.names().isEmpty()) {
                sink.put(new Entry.Grown(page.names()));
            }
            cursor = page.next();
        } while (cursor != null);
    }

    private final class Run {

        private final Entry.Sink sink;
        private final Size size;
        private long turns;

        Run(Entry.Sink sink, Size size) {
            this.sink = sink;
            this.size = size;
        }

        void families() {
            @Nullable String before = null;
            for (Family family = next(before); family != null; family = next(before)) {
                if (family(family)) {
                    before = family.place();
                } else {
                    sink.put(new Entry.Changed());
                }
            }
        }

        private @Nullable Family next(@Nullable String before) {
            return stores.archive.familyAfter(before);
        }

        /** Returns whether it was there until the end. */
        private boolean family(Family family) {
            sink.put(new Entry.Begun(family));
            for (PathSegment branch : family.branches()) {
                if (!turns(family, branch)) {
                    return false;
                }
            }
            family.conversations().forEach(conversation -> sink.put(new Entry.Held(held(conversation))));
            return true;
        }

        private boolean turns(Family family, PathSegment branch) {
            int after = branch.first() - 1;
            while (after < branch.last()) {
                var page = stores.archive.turns(
                        family.scope(), branch.branch(), after, Math.min(PAGE, branch.last() - after));
                if (page.isEmpty()) {
                    return false;
                }
                page.forEach(turn -> sink.put(new Entry.Said(branch.branch(), turn)));
                after = page.getLast().turn().number();
                turns += page.size();
                progress.done(turns, size.turns());
            }
            return true;
        }

        private ArchivedConversation held(Conversation conversation) {
            Brief brief = stores.briefs.find(conversation.key());
            return new ArchivedConversation(
                    conversation,
                    stores.anchors.of(conversation.key()).stream()
                            .filter(anchor -> anchor.turn() <= conversation.turns())
                            .toList(),
                    brief == null || brief.coversThrough() > conversation.turns() ? null : brief);
        }
    }
}
