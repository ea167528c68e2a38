package io.perpetua.adapters.redis;

import static java.util.Objects.requireNonNull;

import io.perpetua.adapters.redis.Reading.Read;
import io.perpetua.application.memory.Anchors;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.KeptAnchors;
import io.perpetua.domain.memory.KeptAnchors.Change;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Anchors, in Redis: those of a conversation are one value. */
@Singleton
@Shared
final class RedisAnchors implements Anchors {

    private final Link link;
    private final Reading reading;
    private final Recent recent;

    RedisAnchors(Link link, Reading reading, Recent recent) {
        this.link = link;
        this.reading = reading;
        this.recent = recent;
    }

    @Override
    public List<Anchor> of(ConversationKey key) {
        Stored stored = stored(key);
        return stored == null ? List.of() : kept(stored).byAge();
    }

    private @Nullable Stored stored(ConversationKey key) {
        Read read = reading.whole(key, 0);
        return read == null ? null : read.stored();
    }

    private static Kept kept(Stored stored) {
        return requireNonNull(stored.anchors());
    }

    @Override
    public Pinning pin(ConversationKey key, Anchor anchor) {
        while (true) {
            Stored stored = stored(key);
            if (stored == null) {
                return Pinning.Refused.NO_CONVERSATION;
            }
            var kept = kept(stored).byAge();
            Anchor pinned = KeptAnchors.pinned(kept, anchor);
            if (pinned == null) {
                return Pinning.Refused.TOO_MANY;
            }
            if (kept.contains(pinned) || changed(stored, new Change(List.of(pinned), List.of()))) {
                return new Pinning.Kept(pinned);
            }
        }
    }

    @Override
    public boolean remove(ConversationKey key, String anchorId) {
        while (true) {
            Stored stored = stored(key);
            var gone = stored == null
                    ? List.<Anchor>of()
                    : KeptAnchors.removing(kept(stored).byAge(), anchorId);
            if (stored == null || gone.isEmpty()) {
                return false;
            }
            if (changed(stored, new Change(List.of(), gone))) {
                return true;
            }
        }
    }

    /** Makes a change to what was read. Returns whether it was so still. */
    private boolean changed(Stored stored, Change change) {
        var place = stored.place();
        Kept after = kept(stored).after(change);
        var commit = new Commit();
        commit.requireStart(stored.head().branch().alive(), place.head());
        commit.requireStart(kept(stored).stamp(), place.anchors());
        if (after.anchors().isEmpty()) {
            commit.then("DEL", place.anchors());
        } else {
            commit.then("SET", place.anchors(), after.packed());
        }
        boolean done = link.ask(commit::send).done();
        if (done) {
            recent.seen(stored.with(after.anchors().isEmpty() ? Kept.NONE : after));
        }
        return done;
    }
}
