package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.perpetua.application.brief.Briefs;
import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.memory.Anchors;
import io.perpetua.application.spool.SharedRecord;
import io.perpetua.application.spool.SharedStore;
import io.perpetua.application.spool.Spool;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The record, with what is needed around one that others share and that may be away. */
@Factory
final class Sharing {

    private static final long MEGABYTE = 1 << 20;

    /** There is no spool beside a server, which owns it: a tool uses the store as it is. */
    @Singleton
    @Requires(beans = {SharedStore.class, Spool.class})
    SharedRecord sharedRecord(
            Conversations conversations,
            Anchors anchors,
            Briefs briefs,
            Spool spool,
            SharedStore shared,
            Ids ids,
            Settings settings) {
        long bytes = settings.get(Keys.LOCAL_MEGABYTES) * MEGABYTE;
        return new SharedRecord(conversations, anchors, briefs, spool, shared, ids, bytes);
    }

    @Singleton
    RecordInUse record(Conversations conversations, Anchors anchors, Briefs briefs, @Nullable SharedRecord shared) {
        return shared == null ? RecordInUse.embedded(conversations, anchors, briefs) : RecordInUse.shared(shared);
    }
}
