package io.perpetua.application.journal;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.journal.Week;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Roll-ups that were made when their week ended. Driven port; safe for concurrent use; throws {@link StoreUnavailable}. */
public interface RollUps {

    /**
     * Keeps a roll-up of everybody's turns, unless there is one of that week.
     *
     * @param json its document
     * @return whether it was kept
     */
    boolean keep(Week week, String json);

    /** The document of {@code week}'s roll-up; null when there is none. */
    @Nullable
    String find(Week week);

    /** The latest, the latest first, at most {@code limit}. */
    List<Kept> latest(int limit);

    /** One that was kept. */
    record Kept(Week week, String json) {}
}
