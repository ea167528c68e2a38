package io.perpetua.domain.strategy;

import static java.util.Comparator.comparingInt;

import io.perpetua.domain.conversation.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How turns that hold artifacts are shown again. Pure. */
public final class ArtifactView {

    private ArtifactView() {}

    /**
     * A turn's text with a short mark in place of each block that is superseded; empty if nothing else is left.
     *
     * @param shown whether the turn's latest versions are shown already, so that they are left out, too
     * @param lastTurn the last turn that is stored: what superseded a block after it is in the message that is answered
     * @param others what else of the text is not shown, outside its blocks
     */
    public static String rest(Turn turn, ArtifactHistory history, boolean shown, int lastTurn, List<Cut> others) {
        String text = turn.message().text();
        var blocks = new ArrayList<Cut>();
        for (Artifact artifact : Artifacts.in(turn.message())) {
            Place newer = history.supersededAt(new Place(turn.number(), artifact.ordinal()));
            if (artifact.inText() && (newer != null || shown)) {
                blocks.add(new Cut(
                        artifact.start(), artifact.end(), newer == null ? "" : mark(artifact, newer, lastTurn)));
            }
        }
        boolean prose = !without(
                        text,
                        blocks.stream()
                                .map(block -> new Cut(block.start(), block.end(), ""))
                                .toList())
                .isBlank();
        return prose
                ? without(
                        text,
                        Stream.concat(blocks.stream(), others.stream())
                                .sorted(comparingInt(Cut::start))
                                .toList())
                : "";
    }

    /** {@code text} without {@code cuts}, which are in order; one that begins within another is passed over. */
    private static String without(String text, List<Cut> cuts) {
        var left = new StringBuilder();
        int from = 0;
        for (Cut cut : cuts) {
            if (cut.start() >= from) {
                left.append(text, from, cut.start()).append(cut.mark());
                from = cut.end();
            }
        }
        return left.append(text, from, text.length()).toString();
    }

    /** A version under the artifact's name. */
    public static String of(Artifact artifact) {
        return artifact.label() + (artifact.partial() ? ", change:" : ", latest version:") + "\n" + artifact.shown();
    }

    private static String mark(Artifact artifact, Place newer, int lastTurn) {
        return "[" + artifact.label() + ": superseded "
                + (newer.turn() > lastTurn ? "below" : "in turn " + newer.turn()) + "]";
    }
}
