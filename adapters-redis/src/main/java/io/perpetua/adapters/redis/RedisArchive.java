package io.perpetua.adapters.redis;

import io.perpetua.application.transfer.Archive;
import io.perpetua.application.transfer.ArchivedTurn;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All conversations, in Redis. */
@Singleton
@Shared
final class RedisArchive implements Archive {

    private final Families families;
    private final ArchivedTurns turns;
    private final ArchivedParts parts;
    private final Staged staged;
    private final GrowthOrder order;

    RedisArchive(Families families, ArchivedTurns turns, ArchivedParts parts, Staged staged, GrowthOrder order) {
        this.families = families;
        this.turns = turns;
        this.parts = parts;
        this.staged = staged;
        this.order = order;
    }

    @Override
    public Size size() {
        return families.size();
    }

    @Override
    public @Nullable Family familyAfter(@Nullable String place) {
        return families.after(place);
    }

    @Override
    public List<ArchivedTurn> turns(Scope scope, String branch, int after, int limit) {
        return turns.turns(scope, branch, after, limit);
    }

    @Override
    public List<Added> add(List<Part> some) {
        return some.stream().map(parts::add).toList();
    }

    @Override
    public void discard(Scope scope, List<String> branches) {
        branches.forEach(branch -> staged.removeAll(scope, branch));
    }

    @Override
    public Page grown(@Nullable String cursor, int limit) {
        return order.page(cursor, limit);
    }

    @Override
    public void grew(List<ConversationKey> conversations) {
        order.grew(conversations);
    }
}
