package io.perpetua.domain.memory;

import static java.util.Comparator.comparingInt;

import io.perpetua.domain.memory.Anchor.Origin;
import io.perpetua.domain.memory.KeptAnchors.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The anchors of a path's first turns by what they settle, and which of them hold. See {@link KeptAnchors}. */
final class AnchorsOfAPath {

    private final List<Anchor> past;
    private final Map<String, Anchor> pinsByWords = new HashMap<>();

    /** How many turns there were when a subject was last settled by a pinned anchor. */
    private final Map<String, Integer> pinnedAt = new HashMap<>();

    private final Map<String, List<Anchor>> detected = new HashMap<>();

    AnchorsOfAPath(List<Anchor> kept, int turns) {
        past = kept.stream().filter(anchor -> anchor.turn() <= turns).toList();
        for (Anchor anchor : past) {
            if (anchor.origin() == Origin.PINNED) {
                pinsByWords.putIfAbsent(anchor.words(), anchor);
                pinnedAt.merge(anchor.settles(), anchor.turn(), Math::max);
            }
        }
        past.stream()
                .filter(anchor -> anchor.origin() == Origin.DETECTED)
                .sorted(comparingInt(Anchor::turn))
                .forEach(anchor -> detected.computeIfAbsent(anchor.settles(), key -> new ArrayList<>())
                        .add(anchor));
    }

    /** Whether a pinned anchor says the same. */
    boolean isPinned(Anchor anchor) {
        return pinsByWords.containsKey(anchor.words());
    }

    /** The latest detected anchor on each subject, unless one on that subject was pinned since. */
    List<Anchor> latestDetected() {
        return past.stream().filter(this::isLatest).toList();
    }

    private boolean isLatest(Anchor anchor) {
        return anchor.origin() == Origin.DETECTED
                && of(anchor).getLast().equals(anchor)
                && pinnedAt.getOrDefault(anchor.settles(), 0) < anchor.turn();
    }

    private List<Anchor> of(Anchor anchor) {
        return detected.getOrDefault(anchor.settles(), List.of());
    }

    /** What holds, in the order in which it is kept. */
    List<Standing> standing() {
        var standing = new ArrayList<Standing>();
        for (Anchor anchor : past) {
            if (anchor.origin() == Origin.PINNED || (isLatest(anchor) && !isPinned(anchor))) {
                standing.add(new Standing(
                        anchor, of(anchor).stream().filter(anchor::replaces).toList()));
            }
        }
        return standing;
    }
}
