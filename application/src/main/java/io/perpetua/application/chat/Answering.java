package io.perpetua.application.chat;

import io.perpetua.application.chat.TurnReport.Attempt;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderReply;
import io.perpetua.application.routing.ProviderReply.Event;
import io.perpetua.domain.usage.Usage;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer that has begun. Belongs to one reader. */
interface Answering {

    /** What is still to come. */
    ProviderReply reply();

    /**
     * What has come: all that opens the answer, and the first of its content or, of an answer in one piece, the answer. To
     * be read before what is still to come.
     */
    Deque<Event> first();

    /** Who answers. */
    String provider();

    /** The model that answers. */
    String model();

    /** Whether that is not the one who was to be asked first. */
    boolean fallback();

    /**
     * The answer is whole.
     *
     * @param counted what it used
     */
    Bill succeeded(Usage counted);

    /** What the whole of it used and costs, {@code last} being what its last call did. */
    default Bill total(Bill last) {
        return last;
    }

    /** Whether it may be given again to whoever asks the same. */
    default boolean reusable() {
        return true;
    }

    /** The answer broke off. */
    void broke(ProviderFailure failure);

    /**
     * Everyone who was asked, in order, the last with the outcome {@code outcome}.
     *
     * @param now by the clock for durations, in nanoseconds
     */
    List<Attempt> attempts(String outcome, long now);

    /** What an answer used, and what that costs; null when the price is not known. */
    record Bill(Usage usage, @Nullable Double dollars) {}
}
