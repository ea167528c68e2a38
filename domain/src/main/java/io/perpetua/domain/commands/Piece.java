package io.perpetua.domain.commands;

/** Part of a word as it was written. What a shell would work out only while it runs has no piece: it is refused. */
sealed interface Piece {

    /** Whether blanks and wildcards in it have no meaning. */
    boolean quoted();

    /** Characters that stand for themselves but, unquoted, for wildcards, braces and the tilde. */
    record Text(String text, boolean quoted) implements Piece {}

    /** A variable, {@code $name} or <code>${name}</code>. */
    record Variable(String name, boolean quoted) implements Piece {}
}
