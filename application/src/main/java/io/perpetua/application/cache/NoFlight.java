package io.perpetua.application.cache;

import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.domain.conversation.ConversationKey;
import org.jspecify.annotations.Nullable;

/** The flight of a request for whose answer nobody waits, and whose answer is not kept. */
record NoFlight(CacheStatus status) implements Flight {

    @Override
    public void keep(Answer answer, String provider, String model, @Nullable ConversationKey from) {}

    @Override
    public void share(Answer answer, String provider, String model) {}

    @Override
    public void failed() {}

    @Override
    public void close() {}
}
