package io.perpetua.domain.commands;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns words into arguments: braces, tilde, variables, wildcards, quotes, in this order. */
final class Expansion {

    private static final int MOST_ARGUMENTS = 10_000;
    /** Characters of one word, and of all of a command together. */
    private static final int LONGEST_WORD = 65_536;

    private static final int MOST_CHARACTERS = 1_048_576;

    /** Of a pattern, whose parts are gone through one within the other. */
    private static final int LONGEST_PATTERN = 4_096;

    private static final String SPECIAL = " \t\n*?[\\~";

    private final Workspace workspace;
    private final Map<String, String> variables = new HashMap<>();

    Expansion(Workspace workspace, String folder) {
        this.workspace = workspace;
        variables.put("HOME", workspace.home());
        variables.put("PWD", folder);
    }

    void assign(String name, String value) {
        variables.put(name, value);
    }

    /** The arguments that {@code words} come to, seen from {@code paths}. */
    List<String> arguments(List<Word> words, Paths paths) throws Refusal {
        var arguments = new ArrayList<String>();
        int characters = 0;
        for (Word word : words) {
            for (Word each : Braces.expand(word)) {
                for (String field : fields(each, paths)) {
                    arguments.add(field);
                    characters += field.length();
                }
                if (characters > MOST_CHARACTERS) {
                    throw new Refusal("the command has more than " + MOST_CHARACTERS + " characters");
                }
                if (arguments.size() > MOST_ARGUMENTS) {
                    throw new Refusal("the command has more than " + MOST_ARGUMENTS + " arguments");
                }
            }
        }
        return arguments;
    }

    /** The one path that a redirection's target comes to. */
    String target(Word word, Paths paths) throws Refusal {
        var targets = arguments(List.of(word), paths);
        if (targets.size() != 1) {
            throw new Refusal("a redirection has more than one target");
        }
        return targets.getFirst();
    }

    /** The text of a word in which neither braces nor wildcards count. */
    String text(Word word) throws Refusal {
        var text = new StringBuilder();
        for (Piece piece : tilde(word.pieces())) {
            text.append(
                    switch (piece) {
                        case Piece.Text(var part, var _) -> part;
                        case Piece.Variable(var name, var _) -> value(name);
                    });
            bounded(text);
        }
        return text.toString();
    }

    private List<String> fields(Word word, Paths paths) throws Refusal {
        var pattern = new StringBuilder();
        boolean quoted = false;
        for (Piece piece : tilde(word.pieces())) {
            switch (piece) {
                case Piece.Text(var text, var isQuoted) -> {
                    pattern.append(isQuoted ? Wildcards.escaped(text) : text);
                    quoted |= isQuoted;
                }
                case Piece.Variable(var name, var isQuoted) -> {
                    String value = value(name);
                    if (!isQuoted && (value.isEmpty() || value.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0))) {
                        throw new Refusal("$" + name + " would be split or expanded further: quote it");
                    }
                    pattern.append(Wildcards.escaped(value));
                    quoted |= isQuoted;
                }
            }
            bounded(pattern);
        }
        if (pattern.isEmpty() && !quoted) {
            return List.of();
        }
        String written = pattern.toString();
        if (Wildcards.hasWildcard(written)) {
            if (written.length() > LONGEST_PATTERN) {
                throw new Refusal("a pattern has more than " + LONGEST_PATTERN + " characters");
            }
            var found = new Wildcards(workspace, paths).expand(written);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of(Wildcards.literal(written));
    }

    private static void bounded(CharSequence text) throws Refusal {
        if (text.length() > LONGEST_WORD) {
            throw new Refusal("a word has more than " + LONGEST_WORD + " characters");
        }
    }

    /** A tilde at the beginning stands for the home folder; anybody else's is not known here. */
    private List<Piece> tilde(List<Piece> pieces) throws Refusal {
        if (pieces.isEmpty()
                || !(pieces.getFirst() instanceof Piece.Text(var text, var quoted))
                || quoted
                || !text.startsWith("~")) {
            return pieces;
        }
        boolean alone = text.length() == 1 ? pieces.size() == 1 : text.charAt(1) == '/';
        if (!alone) {
            throw new Refusal("only '~' and '~/' are known, no other folder by a tilde");
        }
        var expanded = new ArrayList<>(pieces);
        expanded.set(0, new Piece.Text(workspace.home(), true));
        expanded.add(1, new Piece.Text(text.substring(1), false));
        return expanded;
    }

    private String value(String name) throws Refusal {
        String value = variables.get(name);
        if (value == null) {
            throw new Refusal("what $" + name + " comes to is not known");
        }
        return value;
    }
}
