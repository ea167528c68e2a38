package io.perpetua.domain.facts;

import org.jspecify.annotations.Nullable;

/** What a store holds around a statement: the facts of one holder, subject and predicate. */
public interface Slot {

    /** The fact that the statement tells; null where it is none yet. */
    @Nullable
    Fact same();

    /** The fact that no other has superseded and that was told last; null where there is none. */
    @Nullable
    Fact latest();

    /** The slot's fact of this id; null where it is gone. */
    @Nullable
    Fact find(String id);
}
