package io.perpetua.domain.strategy;

import io.perpetua.domain.conversation.Turn;

/** How turns that hold artifacts are shown again. Pure. */
public final class ArtifactView {

    private ArtifactView() {}

    /**
     * A turn's text with a short mark in place of each block that is superseded; empty if nothing else is left.
     *
     * @param shown whether the turn's latest versions are shown already, so that they are left out, too
     * @param lastTurn the last turn that is stored: what superseded a block after it is in the message that is answered
     */
    public static String rest(Turn turn, ArtifactHistory history, boolean shown, int lastTurn) {
        String text = turn.message().text();
        var left = new StringBuilder();
        boolean prose = false;
        int from = 0;
        for (Artifact artifact : Artifacts.in(turn.message())) {
            Place newer = history.supersededAt(new Place(turn.number(), artifact.ordinal()));
            if (artifact.inText() && (newer != null || shown)) {
                prose |= !text.substring(from, artifact.start()).isBlank();
                left.append(text, from, artifact.start()).append(newer == null ? "" : mark(artifact, newer, lastTurn));
                from = artifact.end();
            }
        }
        prose |= !text.substring(from).isBlank();
        return prose ? left.append(text, from, text.length()).toString() : "";
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
