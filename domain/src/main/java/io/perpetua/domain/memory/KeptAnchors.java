package io.perpetua.domain.memory;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toSet;

import io.perpetua.domain.memory.Anchor.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/*
 * A conversation keeps an anchor that a later one replaced: a branch that leaves the conversation before the later turn
 * has to know what held there. So conflicts are settled when anchors are read, along the path and up to a turn, and
 * writing only adds, but for what is over the bound.
 */
/**
 * The rules by which anchors are kept with a conversation. The anchors handed in are those of one path. Pure; linear in
 * the anchors, but for the sorting of those that are over the bound.
 *
 * <p>What holds: every pinned anchor, until it is removed. Of detected ones on one subject, the one of the latest turn;
 * but not one that a pinned anchor says already, nor one from before a pinned anchor on its subject was made. A
 * statement that is newer than a pinned anchor and contradicts it holds beside it: both are sent.
 */
public final class KeptAnchors {

    /** Most detected anchors that a conversation keeps: several times what the anchors' share of a context holds. */
    public static final int MOST_DETECTED = 256;

    /** Most pinned anchors that a conversation keeps. */
    public static final int MOST_PINNED = 256;

    private KeptAnchors() {}

    /**
     * An anchor that holds.
     *
     * @param replaced those on the same subject that held before it, the oldest first
     */
    public record Standing(Anchor anchor, List<Anchor> replaced) {}

    /**
     * What keeping more anchors comes to.
     *
     * @param added those of the new ones that are kept
     * @param dropped those of the old ones that are not kept any more
     */
    public record Change(List<Anchor> added, List<Anchor> dropped) {}

    /** What holds after the first {@code turns} turns, in the order of {@code kept}. */
    public static List<Standing> standing(List<Anchor> kept, int turns) {
        return new AnchorsOfAPath(kept, turns).standing();
    }

    /**
     * What goes along with a fork that shares the first {@code turns} turns: what was detected in them, and what was
     * pinned while the conversation had no more than them. What is pinned later, or nobody knows when, stays behind:
     * who knows the beginning of a conversation need not know what came of it.
     */
    public static List<Anchor> shared(List<Anchor> kept, int turns) {
        return kept.stream()
                .filter(anchor -> anchor.turn() > 0 && anchor.turn() <= turns)
                .toList();
    }

    /**
     * Keeps anchors detected in later turns than any before. One that says what holds anyway is left out. Of more than
     * {@value #MOST_DETECTED}, those replaced go first, then those of lower priority, then the oldest.
     *
     * @param detected in the order of their turns
     */
    public static Change adding(List<Anchor> kept, List<Anchor> detected) {
        var path = new AnchorsOfAPath(kept, Integer.MAX_VALUE);
        Map<String, Anchor> holding = new HashMap<>();
        Set<String> said = new HashSet<>();
        for (Anchor anchor : path.latestDetected()) {
            holding.put(anchor.settles(), anchor);
            said.add(anchor.words());
        }
        var fresh = new ArrayList<Anchor>();
        for (Anchor anchor : detected) {
            Anchor before = holding.get(anchor.settles());
            boolean holdsAnyway = before == null
                    ? said.contains(anchor.words()) || path.isPinned(anchor)
                    : anchor.words().equals(before.words());
            if (!holdsAnyway) {
                fresh.add(anchor);
                holding.put(anchor.settles(), anchor);
                said.add(anchor.words());
                if (before != null) {
                    said.remove(before.words());
                }
            }
        }
        var over = beyondTheBound(
                Stream.concat(kept.stream().filter(anchor -> anchor.origin() == Origin.DETECTED), fresh.stream())
                        .toList(),
                Set.copyOf(holding.values()));
        return new Change(
                fresh.stream().filter(anchor -> !over.contains(anchor)).toList(),
                kept.stream().filter(over::contains).toList());
    }

    private static Set<Anchor> beyondTheBound(List<Anchor> detected, Set<Anchor> holding) {
        return detected.stream()
                .sorted(comparing((Anchor anchor) -> holding.contains(anchor))
                        .thenComparingInt(Anchor::priority)
                        .thenComparingInt(Anchor::turn))
                .limit(Math.max(0, detected.size() - MOST_DETECTED))
                .collect(toSet());
    }

    /**
     * The anchor that is kept when {@code anchor} is pinned: one that is pinned and says the same, or else this one, on
     * the subject of a detected one that says the same if it has none of its own; null where {@value #MOST_PINNED} are
     * pinned already.
     */
    public static @Nullable Anchor pinned(List<Anchor> kept, Anchor anchor) {
        var pins =
                kept.stream().filter(other -> other.origin() == Origin.PINNED).toList();
        var same = first(pins, other -> other.saysTheSame(anchor));
        if (same != null || pins.size() >= MOST_PINNED) {
            return same;
        }
        var detected = first(kept, other -> other.subject() != null && other.saysTheSame(anchor));
        return anchor.subject() == null && detected != null ? anchor.on(detected.subject()) : anchor;
    }

    private static @Nullable Anchor first(List<Anchor> anchors, Predicate<Anchor> which) {
        return anchors.stream().filter(which).findFirst().orElse(null);
    }

    /**
     * What goes with the anchor called {@code id}: itself and what it replaced, which must not come back; with a pinned
     * one also what was detected and says the same.
     */
    public static List<Anchor> removing(List<Anchor> kept, String id) {
        var gone = first(kept, anchor -> anchor.id().equals(id));
        if (gone == null) {
            return List.of();
        }
        var saying = kept.stream()
                .filter(anchor -> anchor.equals(gone)
                        || (gone.origin() == Origin.PINNED
                                && anchor.origin() == Origin.DETECTED
                                && anchor.saysTheSame(gone)))
                .toList();
        return kept.stream()
                .filter(anchor -> saying.contains(anchor) || saying.stream().anyMatch(each -> each.replaces(anchor)))
                .toList();
    }
}
