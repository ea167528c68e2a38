package io.perpetua.domain.commands;

import java.util.ArrayList;
import java.util.List;

/** Brace expansion, <code>{a,b}</code> and <code>{1..3}</code>, as bash does it: before anything else, and by the characters. */
final class Braces {

    private static final int MOST = 1_000;
    private static final int LONGEST = 4_096;

    private final List<List<Piece>> results = new ArrayList<>();

    private Braces() {}

    /** The words that {@code word} stands for, at least one. */
    static List<Word> expand(Word word) throws Refusal {
        var pieces = new ArrayList<Piece>();
        for (Piece piece : word.pieces()) {
            if (piece instanceof Piece.Text(var text, var quoted) && !quoted) {
                text.codePoints().forEach(c -> pieces.add(new Piece.Text(Character.toString(c), false)));
            } else {
                pieces.add(piece);
            }
        }
        if (pieces.stream().noneMatch(piece -> is(piece, "{"))) {
            return List.of(word);
        }
        if (pieces.size() > LONGEST) {
            throw new Refusal("a word with braces is longer than " + LONGEST + " characters");
        }
        var braces = new Braces();
        braces.expand(pieces, 0);
        return braces.results.stream().map(Braces::joined).toList();
    }

    /** Expands the first braces from {@code from} on, and in each result those that are left. */
    private void expand(List<Piece> pieces, int from) throws Refusal {
        for (int open = from; open < pieces.size(); open++) {
            if (!is(pieces.get(open), "{")) {
                continue;
            }
            int close = closing(pieces, open);
            if (close < 0) {
                continue;
            }
            var alternatives = alternatives(pieces.subList(open + 1, close));
            if (alternatives.isEmpty()) {
                continue;
            }
            for (var alternative : alternatives) {
                var next = new ArrayList<>(pieces.subList(0, open));
                next.addAll(alternative);
                next.addAll(pieces.subList(close + 1, pieces.size()));
                expand(next, open);
            }
            return;
        }
        results.add(pieces);
        if (results.size() > MOST) {
            throw new Refusal("braces stand for more than " + MOST + " words");
        }
    }

    private static int closing(List<Piece> pieces, int open) {
        int depth = 0;
        for (int i = open; i < pieces.size(); i++) {
            if (is(pieces.get(i), "{")) {
                depth++;
            } else if (is(pieces.get(i), "}") && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** What is between the braces, apart at the commas; empty when it is no list and no range. */
    private static List<List<Piece>> alternatives(List<Piece> inside) throws Refusal {
        var alternatives = new ArrayList<List<Piece>>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < inside.size(); i++) {
            if (is(inside.get(i), "{")) {
                depth++;
            } else if (is(inside.get(i), "}")) {
                depth--;
            } else if (depth == 0 && is(inside.get(i), ",")) {
                alternatives.add(inside.subList(start, i));
                start = i + 1;
            }
        }
        if (!alternatives.isEmpty()) {
            alternatives.add(inside.subList(start, inside.size()));
            return alternatives;
        }
        return range(new Word(inside).plain());
    }

    private static List<List<Piece>> range(String text) throws Refusal {
        String[] ends = text.split("\\.\\.", -1);
        if (ends.length != 2 || !text.matches("-?\\d{1,6}\\.\\.-?\\d{1,6}|[a-zA-Z]\\.\\.[a-zA-Z]")) {
            return List.of();
        }
        boolean letters = Character.isLetter(ends[0].charAt(0));
        int first = letters ? ends[0].charAt(0) : Integer.parseInt(ends[0]);
        int last = letters ? ends[1].charAt(0) : Integer.parseInt(ends[1]);
        if (Math.abs(last - first) >= MOST) {
            throw new Refusal("braces stand for more than " + MOST + " words");
        }
        var range = new ArrayList<List<Piece>>();
        for (int i = first; first <= last ? i <= last : i >= last; i += first <= last ? 1 : -1) {
            String each = letters ? String.valueOf((char) i) : String.valueOf(i);
            range.add(List.of(new Piece.Text(each, false)));
        }
        return range;
    }

    private static boolean is(Piece piece, String text) {
        return piece instanceof Piece.Text(var found, var quoted) && !quoted && found.equals(text);
    }

    private static Word joined(List<Piece> pieces) {
        var joined = new ArrayList<Piece>();
        var run = new StringBuilder();
        for (Piece piece : pieces) {
            if (piece instanceof Piece.Text(var text, var quoted) && !quoted) {
                run.append(text);
                continue;
            }
            if (!run.isEmpty()) {
                joined.add(new Piece.Text(run.toString(), false));
                run.setLength(0);
            }
            joined.add(piece);
        }
        if (!run.isEmpty()) {
            joined.add(new Piece.Text(run.toString(), false));
        }
        return new Word(joined);
    }
}
