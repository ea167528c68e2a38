package io.perpetua.adapters.redis;

import static java.util.Objects.requireNonNull;

import io.perpetua.adapters.redis.Reading.Read;
import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.conversation.Past;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Fingerprint;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The record, in Redis. */
@Singleton
@Shared
final class RedisConversations implements Conversations {

    private final Reading reading;
    private final Growth growth;
    private final Erasure erasure;
    private final Recognition recognition;
    private final Listing listing;

    RedisConversations(Reading reading, Growth growth, Erasure erasure, Recognition recognition, Listing listing) {
        this.reading = reading;
        this.growth = growth;
        this.erasure = erasure;
        this.recognition = recognition;
        this.listing = listing;
    }

    @Override
    public @Nullable Conversation find(ConversationKey key) {
        Stored stored = reading.head(key);
        return stored == null ? null : stored.conversation();
    }

    @Override
    public @Nullable Past past(ConversationKey key, int tail) {
        Read read = reading.whole(key, tail);
        return read == null
                ? null
                : new Past(
                        read.stored().conversation(),
                        read.turns(),
                        requireNonNull(read.stored().anchors()).byAge(),
                        RedisBriefs.orNull(read.brief()));
    }

    @Override
    public List<Turn> turns(ConversationKey key, List<TurnRange> ranges) {
        Read read = reading.turns(key, ranges);
        return read == null ? List.of() : read.turns();
    }

    @Override
    public long tokens(ConversationKey key, int turns) {
        if (turns < 1) {
            return 0;
        }
        Read read = reading.wholeAt(key, turns);
        return read == null ? 0 : read.last().total();
    }

    @Override
    public @Nullable Recognised recognise(List<Fingerprint> histories, int atLeast) {
        return recognition.recognise(histories, atLeast);
    }

    @Override
    public Outcome append(Append append) {
        return growth.append(append);
    }

    @Override
    public Page list(Scope scope, @Nullable String cursor, int limit) {
        return listing.list(scope, cursor, limit);
    }

    @Override
    public boolean erase(ConversationKey key) {
        return erasure.erase(key);
    }
}
