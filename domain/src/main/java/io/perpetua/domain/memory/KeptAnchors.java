package io.perpetua.domain.memory;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.toSet;

import io.perpetua.domain.memory.Anchor.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/*
 * A conversation keeps an anchor that a later one replaced: a branch that leaves the conversation before the later turn
 * has to know what held there. So conflicts are settled when anchors are read, along the path and up to a turn, and
 * writing only adds, but for what is over the bound.
 */
/**
 * The rules by which anchors are kept with a conversation. The anchors handed in are those of one path. Pure; linear in
 * the anchors, but for the sorting of those that are over the bound.
 */
public final class KeptAnchors {

    /** Most detected anchors that a conversation keeps: several times what the anchors' share of a context holds. */
    public static final int MOST_DETECTED = 256;

    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern END = Pattern.compile("[\\s.!…]+$");

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
        Map<String, List<Anchor>> bySubject = new HashMap<>();
        List<Anchor> past = kept.stream()
                .filter(anchor -> anchor.origin() == Origin.PINNED || anchor.turn() <= turns)
                .toList();
        for (Anchor anchor : inOrderOfTurns(past)) {
            bySubject.computeIfAbsent(key(anchor), key -> new ArrayList<>()).add(anchor);
        }
        var standing = new ArrayList<Standing>();
        for (Anchor anchor : past) {
            var all = bySubject.getOrDefault(key(anchor), List.of());
            if (all.getLast().equals(anchor)) {
                standing.add(new Standing(anchor, List.copyOf(all.subList(0, all.size() - 1))));
            }
        }
        return standing;
    }

    /**
     * Keeps anchors detected in later turns than any before. One that says what holds anyway is left out. Of more than
     * {@value #MOST_DETECTED}, those replaced go first, then those of lower priority, then the oldest.
     *
     * @param detected in the order of their turns
     */
    public static Change adding(List<Anchor> kept, List<Anchor> detected) {
        Map<String, Anchor> holding = new HashMap<>();
        Set<String> said = new HashSet<>();
        for (Standing each : standing(kept, Integer.MAX_VALUE)) {
            holding.put(key(each.anchor), each.anchor);
            said.add(normalised(each.anchor.text()));
        }
        var fresh = new ArrayList<Anchor>();
        for (Anchor anchor : detected) {
            if (said.add(normalised(anchor.text()))) {
                fresh.add(anchor);
                Anchor before = holding.put(key(anchor), anchor);
                if (before != null) {
                    said.remove(normalised(before.text()));
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

    /** The anchor that is kept when {@code anchor} is pinned: one that is pinned and says the same, or else this one. */
    public static Anchor pinned(List<Anchor> kept, Anchor anchor) {
        return kept.stream()
                .filter(other -> other.origin() == Origin.PINNED && saysTheSame(other, anchor))
                .findFirst()
                .orElse(anchor);
    }

    /** Pins an anchor; a detected one that says the same gives way to it. */
    public static Change pinning(List<Anchor> kept, Anchor anchor) {
        return pinned(kept, anchor).equals(anchor)
                ? new Change(
                        List.of(anchor),
                        kept.stream()
                                .filter(other -> saysTheSame(other, anchor))
                                .toList())
                : new Change(List.of(), List.of());
    }

    /** What goes with the anchor called {@code id}: itself and what it replaced, which must not come back. */
    public static List<Anchor> removing(List<Anchor> kept, String id) {
        return kept.stream()
                .filter(anchor -> anchor.id().equals(id))
                .findFirst()
                .map(gone -> kept.stream()
                        .filter(anchor ->
                                anchor.equals(gone) || (anchor.conflictsWith(gone) && anchor.turn() <= gone.turn()))
                        .toList())
                .orElse(List.of());
    }

    /** Whether two anchors say the same, whatever their case, their spaces and the stop at their end. */
    private static boolean saysTheSame(Anchor one, Anchor other) {
        return normalised(one.text()).equals(normalised(other.text()));
    }

    private static List<Anchor> inOrderOfTurns(List<Anchor> anchors) {
        return anchors.stream().sorted(comparingInt(Anchor::turn)).toList();
    }

    /** What at most one anchor can hold of: the subject of a detected one, else the anchor itself. */
    private static String key(Anchor anchor) {
        return anchor.origin() == Origin.DETECTED && anchor.subject() != null
                ? "subject " + anchor.subject()
                : "anchor " + anchor.id();
    }

    private static String normalised(String text) {
        String even = SPACE.matcher(text.strip().toLowerCase(Locale.ROOT)).replaceAll(" ");
        return END.matcher(even).replaceFirst("");
    }
}
