package io.perpetua.application.context;

import io.perpetua.domain.conversation.Turn;
import java.util.List;

/** What a strategy shows of the past besides what a search finds, for one request. */
interface Essentials {

    /** None: all that is shown is what a search finds. */
    Essentials NONE = before -> List.of();

    /** What there is to show of the turns before {@code before}, the most important first. */
    List<Piece> pieces(int before);

    /**
     * What of a turn that a search finds may be shown; empty for nothing.
     *
     * @param shown whether pieces of it are shown already
     */
    default String view(Turn turn, boolean shown) {
        return turn.message().text();
    }

    /** Something that is shown whole or not at all. */
    record Piece(List<Part> parts) {

        /** A quotation from a turn. */
        static Piece of(Turn turn, int ordinal, String text) {
            return new Piece(List.of(new Part(turn, ordinal, text, false)));
        }

        /** A turn, whole or clipped. */
        static Piece of(Turn turn, String text) {
            return new Piece(List.of(new Part(turn, 0, text, true)));
        }
    }

    /**
     * What a piece shows of one turn.
     *
     * @param ordinal where in the turn it stands, relative to others
     * @param all whether that is all that is to be shown of the turn
     */
    record Part(Turn turn, int ordinal, String text, boolean all) {}
}
