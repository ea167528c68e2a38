package io.perpetua.domain.commands;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * Quotes, escapes and expansions by the grammar of POSIX (Shell Command Language, 2.2 and 2.6) and what bash adds to it:
 * $'…' and $"…". A substitution, and a parameter that is more than a name, are refused on sight: the whole line is
 * blocked then, so that it does not matter where they would end.
 */
/** Reads words at a place of a line that moves on. Belongs to one reader. */
final class WordReader {

    private final String line;
    private int at;

    WordReader(String line) {
        this.line = line;
    }

    boolean ended() {
        skipContinuations();
        return at >= line.length();
    }

    /** The character here; NUL, which no line holds, at the end. */
    char here() {
        skipContinuations();
        return at < line.length() ? line.charAt(at) : 0;
    }

    /** Whether {@code text} stands here. */
    boolean startsWith(String text) {
        skipContinuations();
        return line.startsWith(text, at);
    }

    /** Whether {@code text} stands here; if so, goes past it. */
    boolean take(String text) {
        if (!startsWith(text)) {
            return false;
        }
        at += text.length();
        return true;
    }

    /** Goes past blanks, and past a comment. */
    void skipBlanks() {
        while (here() == ' ' || here() == '\t') {
            at++;
        }
        if (here() == '#') {
            int end = line.indexOf('\n', at);
            at = end < 0 ? line.length() : end;
        }
    }

    /** The rest of this line of the text, past which the reader goes; null at the end of the text. */
    @Nullable
    String restOfLine() {
        if (at >= line.length()) {
            return null;
        }
        int end = line.indexOf('\n', at);
        String rest = line.substring(at, end < 0 ? line.length() : end);
        at = end < 0 ? line.length() : end + 1;
        return rest;
    }

    private void skipContinuations() {
        while (line.startsWith("\\\n", at)) {
            at += 2;
        }
    }

    /** The word that stands here; one without pieces where none does. */
    Word word() throws Refusal {
        var pieces = new ArrayList<Piece>();
        while (!ended() && !Letters.endsWord(here())) {
            char c = here();
            switch (c) {
                case '\'' -> {
                    at++;
                    pieces.add(new Piece.Text(until('\''), true));
                }
                case '"' -> {
                    at++;
                    doubleQuoted(pieces);
                }
                case '\\' -> {
                    if (at + 1 >= line.length()) {
                        throw new Refusal("the line ends in a backslash");
                    }
                    int escaped = line.codePointAt(at + 1);
                    pieces.add(new Piece.Text(Character.toString(escaped), true));
                    at += 1 + Character.charCount(escaped);
                }
                case '$' -> dollar(pieces, false);
                case '`' -> throw substitution();
                default -> pieces.add(new Piece.Text(run("'\"\\$` \t\n|&;()<>"), false));
            }
        }
        return new Word(joined(pieces));
    }

    /** The text of a here-document, in which variables and escapes count. */
    static Word document(String text) throws Refusal {
        var reader = new WordReader(text);
        var pieces = new ArrayList<Piece>();
        while (reader.at < text.length()) {
            reader.inDoubleQuotes(pieces, "$`\\\n");
        }
        return new Word(joined(pieces));
    }

    private void doubleQuoted(List<Piece> pieces) throws Refusal {
        pieces.add(new Piece.Text("", true));
        while (at < line.length() && line.charAt(at) != '"') {
            inDoubleQuotes(pieces, "$`\"\\\n");
        }
        if (at >= line.length()) {
            throw new Refusal("a double quote is not closed");
        }
        at++;
    }

    /** Reads one character, or what it begins, where only {@code escapable} can be escaped. */
    private void inDoubleQuotes(List<Piece> pieces, String escapable) throws Refusal {
        char c = line.charAt(at);
        switch (c) {
            case '\\' -> {
                boolean escapes = at + 1 < line.length() && escapable.indexOf(line.charAt(at + 1)) >= 0;
                if (!escapes) {
                    pieces.add(new Piece.Text("\\", true));
                    at++;
                } else {
                    if (line.charAt(at + 1) != '\n') {
                        pieces.add(new Piece.Text(line.substring(at + 1, at + 2), true));
                    }
                    at += 2;
                }
            }
            case '$' -> dollar(pieces, true);
            case '`' -> throw substitution();
            default -> pieces.add(new Piece.Text(run("\"\\$`"), true));
        }
    }

    /** What stands here up to one of {@code ends}: one character at least. */
    private String run(String ends) {
        int start = at;
        do {
            at++;
        } while (at < line.length() && ends.indexOf(line.charAt(at)) < 0);
        return line.substring(start, at);
    }

    private void dollar(List<Piece> pieces, boolean quoted) throws Refusal {
        at++;
        char c = quoted && at < line.length() ? line.charAt(at) : here();
        if (!quoted && c == '\'') {
            at++;
            pieces.add(new Piece.Text(AnsiQuotes.decode(untilAnsiQuote()), true));
        } else if (!quoted && c == '"') {
            at++;
            doubleQuoted(pieces);
        } else if (c == '(' || c == '[') {
            throw substitution();
        } else if (c == '{') {
            at++;
            String name = name();
            if (name.isEmpty() || here() != '}') {
                throw new Refusal("what a parameter such as ${x:-y} comes to is known only when it is run");
            }
            at++;
            pieces.add(new Piece.Variable(name, quoted));
        } else if (Letters.startsName(c)) {
            pieces.add(new Piece.Variable(name(), quoted));
        } else if (c != 0 && "@*#?-$!0123456789".indexOf(c) >= 0) {
            throw new Refusal("what $" + c + " comes to is known only when it is run");
        } else {
            pieces.add(new Piece.Text("$", true));
        }
    }

    private String name() {
        int start = at;
        while (at < line.length()
                && (at == start ? Letters.startsName(line.charAt(at)) : Letters.inName(line.charAt(at)))) {
            at++;
        }
        return line.substring(start, at);
    }

    private String until(char quote) throws Refusal {
        int end = line.indexOf(quote, at);
        if (end < 0) {
            throw new Refusal("a quote is not closed");
        }
        String text = line.substring(at, end);
        at = end + 1;
        return text;
    }

    private String untilAnsiQuote() throws Refusal {
        int end = at;
        while (end < line.length() && line.charAt(end) != '\'') {
            end += line.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= line.length()) {
            throw new Refusal("a quote is not closed");
        }
        String text = line.substring(at, end);
        at = end + 1;
        return text;
    }

    private static Refusal substitution() {
        return new Refusal("what a substitution comes to is known only when it is run");
    }

    /** Neighbours of one kind in one. */
    private static List<Piece> joined(List<Piece> pieces) {
        var joined = new ArrayList<Piece>();
        for (Piece piece : pieces) {
            if (piece instanceof Piece.Text(var text, var quoted)
                    && !joined.isEmpty()
                    && joined.getLast() instanceof Piece.Text(var before, var alike)
                    && alike == quoted) {
                joined.set(joined.size() - 1, new Piece.Text(before + text, quoted));
            } else {
                joined.add(piece);
            }
        }
        return joined;
    }
}
