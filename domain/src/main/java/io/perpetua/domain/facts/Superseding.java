package io.perpetua.domain.facts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * The facts of a slot with a single-valued predicate are a list, linked both ways, in the order in which they began to
 * hold; each ends where the next one begins, and the last has no end. So a fact is put in, or taken out, by looking at its
 * neighbours alone, however many there are, and taking the last one out leaves the one before it holding again. A fact
 * that is told again after another has taken its place moves to the end of the list, and keeps the time it had before as
 * an earlier one: the same triple stays one fact. What that other had superseded is then behind it, and is looked for near
 * it when it is deleted.
 */
/** What telling and deleting facts comes to. Pure. */
public final class Superseding {

    /** So far the list is searched for a fact that held earlier, too. */
    private static final int NEAR = 32;

    private Superseding() {}

    /** What a statement came to. */
    public enum Kind {
        /** Nobody had told it. */
        NEW,
        /** It is told again, by somebody who has told it; what has superseded it meanwhile stands. */
        DUPLICATE,
        /** It is told by another witness, too. */
        CORROBORATED,
        /** It had been superseded, and holds again. */
        REINSTATED
    }

    /**
     * What is to be written.
     *
     * @param fact the statement's fact as it is then
     * @param written those of the slot's facts that are new or changed
     * @param latest the id of the slot's latest then
     * @param superseded the id of the fact whose place it took with that
     */
    public record Telling(
            Kind kind,
            Fact fact,
            List<Fact> written,
            String latest,
            @Nullable String superseded) {

        public Telling {
            written = List.copyOf(written);
        }
    }

    /**
     * What is to be written when a fact is taken out.
     *
     * @param written those of the slot's facts that are changed
     * @param latest the id of the slot's latest then, null where none is left that is known
     */
    public record Removal(List<Fact> written, @Nullable String latest) {

        public Removal {
            written = List.copyOf(written);
        }
    }

    /**
     * Tells {@code told}.
     *
     * @param id the fact's if it is new
     * @param single whether its predicate has one object at a time
     */
    public static Telling telling(Statement told, String id, Instant now, boolean single, Slot slot) {
        Fact same = slot.same();
        var change = new Change(slot);
        if (same == null) {
            Fact fresh = Fact.first(told, id, now);
            change.put(fresh);
            String superseded = single ? change.insert(fresh) : null;
            return change.told(Kind.NEW, id, superseded);
        }
        Fact vouched =
                change.since(same.vouchedForBy(told.source()), told.source().observedAt());
        if (!vouched.equals(same)) {
            change.put(vouched);
        }
        if (holdsAgain(same, told, slot.latest())) {
            change.takeOut(vouched, false);
            Fact again = vouched.again(told.source().observedAt());
            change.put(again);
            String superseded = single ? change.insert(again) : null;
            return change.told(Kind.REINSTATED, same.id(), superseded);
        }
        return change.told(
                same.isNewTo(told.source()) && !vouched.equals(same) ? Kind.CORROBORATED : Kind.DUPLICATE,
                same.id(),
                null);
    }

    /** Whether {@code told} says that it holds after what superseded it: repeating what was told before does not. */
    private static boolean holdsAgain(Fact same, Statement told, @Nullable Fact latest) {
        Source source = told.source();
        Source before = same.at(source);
        boolean later = before == null
                || (told.dated()
                        && source.observedAt().isAfter(before.observedAt())
                        && source.observedAt().isAfter(same.validFrom()));
        return later
                && same.validTo() != null
                && (latest == null || !source.observedAt().isBefore(latest.validFrom()));
    }

    /** Takes {@code gone} out; what it had superseded holds in its place. */
    public static Removal removing(Fact gone, Slot slot) {
        var change = new Change(slot);
        String before = change.takeOut(gone, true);
        Fact latest = slot.latest();
        if (latest == null) {
            return new Removal(change.written(), null);
        }
        return new Removal(change.written(), latest.id().equals(gone.id()) ? before : latest.id());
    }

    /** A slot with what is changed in it. */
    private static final class Change {

        private final Slot slot;
        private final Map<String, Fact> changed = new LinkedHashMap<>();
        private @Nullable Fact latest;

        Change(Slot slot) {
            this.slot = slot;
            latest = slot.latest();
        }

        void put(Fact fact) {
            changed.put(fact.id(), fact);
            if (latest != null && latest.id().equals(fact.id())) {
                latest = fact;
            }
        }

        private @Nullable Fact find(@Nullable String id) {
            if (id == null) {
                return null;
            }
            Fact known = changed.get(id);
            return known != null ? known : slot.find(id);
        }

        /**
         * The same fact, which holds since {@code at} if that is earlier, but neither while another does that was superseded
         * since, nor as early as what stands before it, which ends there.
         */
        Fact since(Fact fact, Instant at) {
            if (!at.isBefore(fact.validFrom())) {
                return fact;
            }
            Fact before = find(fact.supersedes());
            if (before != null && !at.isAfter(before.validFrom())) {
                return fact;
            }
            Instant from = fact.endOfSpans(at, fact.validFrom());
            Fact after = find(fact.supersededBy());
            for (int i = 0; i < NEAR && after != null; i++) {
                from = after.endOfSpans(from, fact.validFrom());
                after = find(after.supersededBy());
            }
            if (before != null && (before.validTo() == null || from.isBefore(before.validTo()))) {
                put(before.valid(before.validFrom(), from));
            }
            return fact.valid(from, fact.validTo());
        }

        /** Puts {@code fact}, which is in no list, where it belongs. Returns whose place it took as the latest. */
        @Nullable
        String insert(Fact fact) {
            Fact after = null;
            Fact before = latest;
            while (before != null && before.validFrom().isAfter(fact.validFrom())) {
                after = before;
                before = find(before.supersedes());
            }
            if (before != null) {
                put(before.valid(before.validFrom(), fact.validFrom()).linked(before.supersedes(), fact.id()));
            }
            Fact put = fact;
            if (after != null) {
                put(after.linked(fact.id(), after.supersededBy()));
                put = fact.valid(fact.validFrom(), after.validFrom());
            }
            put(put.linked(before == null ? null : before.id(), after == null ? null : after.id()));
            return after == null && before != null ? before.id() : null;
        }

        /**
         * Joins the neighbours of {@code fact}.
         *
         * @param filling whether the one before it holds for the time in which it did
         * @return the id of the one before it, null where there is none
         */
        @Nullable
        String takeOut(Fact fact, boolean filling) {
            Fact before = find(fact.supersedes());
            Fact after = find(fact.supersededBy());
            boolean fills = filling
                    && before != null
                    && (fact.validTo() == null || fact.validFrom().equals(before.validTo()));
            if (before != null) {
                put(before.valid(before.validFrom(), fills ? fact.validTo() : before.validTo())
                        .linked(before.supersedes(), after == null ? null : after.id()));
            }
            if (after != null) {
                put(after.linked(before == null ? null : before.id(), after.supersededBy()));
            }
            if (filling) {
                fact.earlier().forEach(span -> fill(span, fact));
                Instant to = fact.validTo();
                if (!fills && to != null && fact.validFrom().isBefore(to)) {
                    fill(new Span(fact.validFrom(), to), fact);
                }
            }
            return before == null ? null : before.id();
        }

        /** Lets the one that held until {@code gone} did, and may hold again by now, hold for that time. */
        private void fill(Span time, Fact gone) {
            Fact holder = heldUntil(time.from(), gone, true);
            holder = holder == null ? heldUntil(time.from(), gone, false) : holder;
            if (holder != null) {
                Fact longer = holder.extended(time);
                Fact before = find(longer.supersedes());
                put(longer.joined(before == null ? null : before.validFrom()));
            }
        }

        private @Nullable Fact heldUntil(Instant at, Fact gone, boolean back) {
            Fact next = find(back ? gone.supersedes() : gone.supersededBy());
            for (int i = 0; i < NEAR && next != null; i++) {
                if (next.endedAt(at)) {
                    return next;
                }
                next = find(back ? next.supersedes() : next.supersededBy());
            }
            return null;
        }

        List<Fact> written() {
            return new ArrayList<>(changed.values());
        }

        Telling told(Kind kind, String id, @Nullable String superseded) {
            Fact fact = find(id);
            if (fact == null) {
                throw new IllegalStateException("a fact that was told is there");
            }
            Fact last = latest;
            boolean newest =
                    last == null || (fact.validTo() == null && !fact.validFrom().isBefore(last.validFrom()));
            return new Telling(kind, fact, written(), last == null || newest ? fact.id() : last.id(), superseded);
        }
    }
}
