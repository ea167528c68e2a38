package io.perpetua.application.cache;

import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.domain.conversation.ConversationKey;
import org.jspecify.annotations.Nullable;

/**
 * A request whose answer may be kept, and for which identical requests may be waiting: it must end, by {@link #keep},
 * {@link #share}, {@link #failed} or {@link #close}, whatever becomes of the request. Ends once; any thread may end it.
 */
public interface Flight extends AutoCloseable {

    /** Of a request that has nothing to do with the cache. */
    Flight BYPASSING = new NoFlight(CacheStatus.BYPASS);

    /** Of a request whose answer was there. */
    Flight ARRIVED = new NoFlight(CacheStatus.HIT);

    /** What the cache had to do with the answer. */
    CacheStatus status();

    /**
     * Ends with an answer. It is kept and shared if it is whole, plain text of one choice, and not too large; otherwise
     * those who wait ask for themselves. Never fails for the store's sake.
     *
     * @param answer as its provider gave it
     * @param provider who answered
     * @param model the model that answered
     * @param from the conversation that holds the answer, which must be stored by now; null when none does
     */
    void keep(Answer answer, String provider, String model, @Nullable ConversationKey from);

    /** Ends with an answer for those who wait, which is not kept. */
    void share(Answer answer, String provider, String model);

    /** Ends without an answer because nobody gave one, unless it has ended before: those who wait ask for themselves. */
    void failed();

    /** Ends without an answer because nobody wants it any longer, unless it has ended before: one of those who wait asks. */
    @Override
    void close();
}
