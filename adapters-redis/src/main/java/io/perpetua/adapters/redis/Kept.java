package io.perpetua.adapters.redis;

import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.Anchor.Origin;
import io.perpetua.domain.memory.KeptAnchors.Change;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The anchors of a conversation as one value.
 *
 * @param stamp what the value begins with, which no other value does; empty where there is no value
 * @param anchors in the order in which they were kept
 */
@SuppressWarnings("ArrayRecordComponent") // never written to
record Kept(byte[] stamp, List<Anchor> anchors) {

    static final int STAMP = 8;
    static final Kept NONE = new Kept(new byte[0], List.of());

    private static final SecureRandom RANDOM = new SecureRandom();

    Kept {
        anchors = List.copyOf(anchors);
    }

    /** {@code anchors} as a value that has not been written yet. */
    static Kept fresh(List<Anchor> anchors) {
        byte[] stamp = new byte[STAMP];
        RANDOM.nextBytes(stamp);
        return new Kept(stamp, anchors);
    }

    Kept after(Change change) {
        var changed = new ArrayList<>(anchors);
        changed.removeAll(change.dropped());
        changed.addAll(change.added());
        return fresh(changed);
    }

    /** The oldest first. */
    List<Anchor> byAge() {
        return anchors.stream().sorted(Comparator.comparing(Anchor::at)).toList();
    }

    byte[] packed() {
        var out = new Packer().bytes(stamp);
        for (Anchor anchor : anchors) {
            out.text(anchor.id())
                    .text(anchor.text())
                    .orNull(anchor.tag())
                    .signed(anchor.priority())
                    .text(anchor.origin().name())
                    .number(anchor.turn())
                    .orNull(anchor.subject())
                    .signed(Micros.of(anchor.at()));
        }
        return out.packed();
    }

    /** What {@code packed} holds, nothing where it is empty. */
    static Kept of(byte[] packed) {
        if (packed.length == 0) {
            return NONE;
        }
        var in = new Unpacker(packed, 0);
        byte[] stamp = in.bytes(STAMP);
        var anchors = new ArrayList<Anchor>();
        while (in.hasMore()) {
            anchors.add(new Anchor(
                    in.text(),
                    in.text(),
                    in.orNull(),
                    Math.toIntExact(in.signed()),
                    Origin.valueOf(in.text()),
                    in.smallNumber(),
                    in.orNull(),
                    Micros.instant(in.signed())));
        }
        return new Kept(stamp, anchors);
    }
}
