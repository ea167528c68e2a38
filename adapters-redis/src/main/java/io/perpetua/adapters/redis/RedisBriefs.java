package io.perpetua.adapters.redis;

import io.perpetua.adapters.redis.Commit.Result;
import io.perpetua.adapters.redis.Reading.Read;
import io.perpetua.application.brief.Briefs;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.ConversationKey;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Briefs, in Redis: one value each, which begins with what the brief covers. */
@Singleton
@Shared
final class RedisBriefs implements Briefs {

    /** As many bytes as tell one value from another. */
    private static final int COVERS = 8;

    private final Link link;
    private final Reading reading;
    private final Recent recent;

    RedisBriefs(Link link, Reading reading, Recent recent) {
        this.link = link;
        this.reading = reading;
        this.recent = recent;
    }

    @Override
    public @Nullable Brief find(ConversationKey key) {
        Read read = reading.whole(key, 0);
        return read == null ? null : orNull(read.brief());
    }

    @Override
    public boolean replace(ConversationKey key, int expectedCovers, Brief brief) {
        var sight = recent.of(key);
        Stored stored = sight == null ? null : sight.stored();
        boolean fresh = stored == null || stored.turns() < brief.coversThrough();
        while (true) {
            if (fresh) {
                stored = reading.head(key);
            }
            if (stored == null || stored.turns() < brief.coversThrough()) {
                return false;
            }
            var place = stored.place();
            var commit = new Commit();
            int alive = commit.requireStart(stored.head().branch().alive(), place.head());
            commit.requireStart(expectedCovers == 0 ? new byte[0] : covers(expectedCovers), place.brief());
            commit.then("SET", place.brief(), packed(brief));
            Result result = link.ask(commit::send);
            if (result.done() || result.failed() != alive || fresh) {
                return result.done();
            }
            fresh = true;
        }
    }

    private static byte[] covers(int turns) {
        return new Packer().fixed(turns, COVERS).packed();
    }

    static byte[] packed(Brief brief) {
        return new Packer()
                .fixed(brief.coversThrough(), COVERS)
                .number(brief.tokens())
                .text(brief.text())
                .packed();
    }

    static @Nullable Brief orNull(byte[] packed) {
        return packed.length == 0 ? null : brief(packed);
    }

    static Brief brief(byte[] packed) {
        var in = new Unpacker(packed, 0);
        int covers = (int) in.fixed(COVERS);
        int tokens = in.smallNumber();
        return new Brief(in.text(), covers, tokens);
    }
}
