package io.perpetua.domain.commands;

import java.util.List;

/** A word of a command line before anything in it is expanded. */
record Word(List<Piece> pieces) {

    Word {
        pieces = List.copyOf(pieces);
    }

    /** The word, if it is nothing but unquoted characters; else the empty text. */
    String plain() {
        var plain = new StringBuilder();
        for (Piece piece : pieces) {
            if (!(piece instanceof Piece.Text(var text, var quoted)) || quoted) {
                return "";
            }
            plain.append(text);
        }
        return plain.toString();
    }
}
