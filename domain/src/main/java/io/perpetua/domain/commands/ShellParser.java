package io.perpetua.domain.commands;

import io.perpetua.domain.commands.Script.Assignment;
import io.perpetua.domain.commands.Script.Direction;
import io.perpetua.domain.commands.Script.Redirection;
import io.perpetua.domain.commands.Script.Simple;
import io.perpetua.domain.commands.Script.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/*
 * The grammar of POSIX (Shell Command Language, 2.10) with bash's additions, down to what is to be run: lists of pipelines
 * of simple commands. Compound commands, functions and jobs are recognised and refused: no line that holds one is run.
 */
/** Reads one command line. */
final class ShellParser {

    /** Longer ones are not written by people, or by models that mean well. */
    static final int LONGEST = 32_768;

    private static final Set<String> COMPOUND = Set.of(
            "{",
            "}",
            "if",
            "then",
            "else",
            "elif",
            "fi",
            "do",
            "done",
            "while",
            "until",
            "for",
            "in",
            "case",
            "esac",
            "select",
            "function",
            "[[",
            "]]",
            "coproc");
    private static final List<String> UNSUPPORTED = List.of("<>", "<(", ">(", ">&", "<&", "&>>");

    private final WordReader reader;
    private final Deque<Pending> pending = new ArrayDeque<>();

    /** A here-document whose text is still to come, and where it is to be put. */
    private record Pending(
            String delimiter, boolean quoted, boolean indented, List<Redirection> redirections, int index) {}

    private ShellParser(String line) {
        reader = new WordReader(line);
    }

    /** What {@code line} says. */
    static Script parse(String line) throws Refusal {
        if (line.length() > LONGEST) {
            throw new Refusal("the line is longer than " + LONGEST + " characters");
        }
        Letters.check(line);
        return new ShellParser(line).script();
    }

    private Script script() throws Refusal {
        var steps = new ArrayList<Step>();
        skipLines();
        while (!reader.ended()) {
            steps.add(pipeline(Joint.THEN));
            while (true) {
                if (reader.take("&&")) {
                    skipLines();
                    steps.add(pipeline(Joint.AND));
                } else if (reader.take("||")) {
                    skipLines();
                    steps.add(pipeline(Joint.OR));
                } else {
                    break;
                }
            }
            separator();
        }
        if (!pending.isEmpty()) {
            throw new Refusal("a here-document has no end");
        }
        return new Script(steps);
    }

    private void separator() throws Refusal {
        reader.skipBlanks();
        char c = reader.here();
        if (c == '&') {
            throw new Refusal("nothing is run in the background");
        }
        if (c == '(' || c == ')') {
            throw compound();
        }
        if (reader.take(";;")) {
            throw new Refusal("';;' stands where a command should");
        }
        if (reader.take(";")) {
            reader.skipBlanks();
        }
        skipLines();
    }

    /** Goes past ends of lines; behind the first of them stand the here-documents that wait. */
    private void skipLines() throws Refusal {
        reader.skipBlanks();
        while (reader.take("\n")) {
            while (!pending.isEmpty()) {
                document(pending.removeFirst());
            }
            reader.skipBlanks();
        }
    }

    private Step pipeline(Joint joint) throws Refusal {
        boolean negated = false;
        boolean timed = false;
        var commands = new ArrayList<Simple>();
        var command = simple();
        while (commands.isEmpty()
                && !command.words().isEmpty()
                && command.assignments().isEmpty()
                && ((!negated && command.words().getFirst().plain().equals("!"))
                        || (!timed && command.words().getFirst().plain().equals("time")))) {
            negated |= command.words().getFirst().plain().equals("!");
            timed |= command.words().getFirst().plain().equals("time");
            boolean portable = timed
                    && command.words().size() > 1
                    && command.words().getFirst().plain().equals("time")
                    && command.words().get(1).plain().equals("-p");
            var rest = command.words().subList(portable ? 2 : 1, command.words().size());
            if (rest.isEmpty()) {
                throw new Refusal("there is no command");
            }
            command = new Simple(List.of(), rest, command.redirections());
        }
        commands.add(checked(command));
        while (true) {
            reader.skipBlanks();
            boolean errorsToo = reader.take("|&");
            if (errorsToo) {
                commands.getLast()
                        .redirections()
                        .add(new Redirection(2, Direction.ERRORS_TO_OUTPUT, new Word(List.of())));
            } else if (reader.startsWith("||") || !reader.take("|")) {
                return new Step(joint, negated, commands);
            }
            skipLines();
            commands.add(checked(simple()));
        }
    }

    private static Simple checked(Simple command) throws Refusal {
        if (command.words().isEmpty()
                && command.assignments().isEmpty()
                && command.redirections().isEmpty()) {
            throw new Refusal("a command is missing");
        }
        String first =
                command.words().isEmpty() ? "" : command.words().getFirst().plain();
        if (COMPOUND.contains(first)) {
            throw compound();
        }
        return command;
    }

    private Simple simple() throws Refusal {
        var assignments = new ArrayList<Assignment>();
        var words = new ArrayList<Word>();
        var redirections = new ArrayList<Redirection>();
        while (true) {
            reader.skipBlanks();
            char c = reader.here();
            if (reader.ended() || "\n|;".indexOf(c) >= 0) {
                break;
            }
            if (c == '(' || c == ')') {
                throw compound();
            }
            if (c == '<' || c == '>' || c == '&') {
                if (c == '&' && !reader.startsWith("&>")) {
                    break;
                }
                redirection(c == '<' ? 0 : 1, redirections);
                continue;
            }
            var word = reader.word();
            String plain = word.plain();
            char next = reader.here();
            if ((next == '<' || next == '>') && plain.matches("\\d+|\\{\\w+}")) {
                if (!plain.matches("[012]")) {
                    throw new Refusal("only the descriptors 0, 1 and 2 can be redirected");
                }
                redirection(Integer.parseInt(plain), redirections);
            } else if (words.isEmpty() && assigns(word)) {
                assignments.add(assignment(word));
            } else {
                words.add(word);
            }
        }
        return new Simple(assignments, words, redirections);
    }

    private static boolean assigns(Word word) {
        return word.pieces().getFirst() instanceof Piece.Text(var text, var quoted)
                && !quoted
                && text.matches("(?s)[A-Za-z_][A-Za-z0-9_]*=.*");
    }

    private static Assignment assignment(Word word) {
        var first = (Piece.Text) word.pieces().getFirst();
        int equals = first.text().indexOf('=');
        var value = new ArrayList<Piece>();
        value.add(new Piece.Text(first.text().substring(equals + 1), false));
        value.addAll(word.pieces().subList(1, word.pieces().size()));
        return new Assignment(first.text().substring(0, equals), new Word(value));
    }

    private void redirection(int descriptor, List<Redirection> redirections) throws Refusal {
        if (reader.take("<<<")) {
            redirections.add(new Redirection(0, Direction.INPUT_TEXT, withLineEnd(target())));
        } else if (reader.startsWith("<<")) {
            reader.take("<<");
            boolean indented = reader.take("-");
            var delimiter = target();
            var text = new StringBuilder();
            boolean quoted = false;
            for (Piece piece : delimiter.pieces()) {
                if (!(piece instanceof Piece.Text(var part, var partQuoted))) {
                    throw new Refusal("a here-document ends in a variable");
                }
                text.append(part);
                quoted |= partQuoted;
            }
            pending.add(new Pending(text.toString(), quoted, indented, redirections, redirections.size()));
            redirections.add(new Redirection(0, Direction.INPUT_TEXT, new Word(List.of())));
            if (descriptor != 0) {
                throw new Refusal("a here-document can only be the input");
            }
        } else if (descriptor == 2 && reader.take(">&1")) {
            if (!reader.ended() && !Letters.endsWord(reader.here())) {
                throw new Refusal("this kind of redirection is not done");
            }
            redirections.add(new Redirection(2, Direction.ERRORS_TO_OUTPUT, new Word(List.of())));
        } else if (UNSUPPORTED.stream().anyMatch(reader::startsWith)) {
            throw new Refusal("this kind of redirection is not done");
        } else if (reader.take("&>")) {
            redirections.add(new Redirection(1, Direction.BOTH, target()));
        } else if (reader.take(">>")) {
            redirections.add(new Redirection(descriptor, Direction.APPEND, target()));
        } else if (reader.take(">|") || reader.take(">")) {
            redirections.add(new Redirection(descriptor, Direction.OUTPUT, target()));
        } else if (reader.take("<") && descriptor == 0) {
            redirections.add(new Redirection(0, Direction.INPUT, target()));
        } else {
            throw new Refusal("this kind of redirection is not done");
        }
        if (descriptor == 0 && redirections.getLast().direction().compareTo(Direction.INPUT_TEXT) > 0) {
            throw new Refusal("the input cannot be written to");
        }
    }

    private Word target() throws Refusal {
        reader.skipBlanks();
        var target = reader.word();
        if (target.pieces().isEmpty()) {
            throw new Refusal("a redirection has no target");
        }
        return target;
    }

    private static Word withLineEnd(Word word) {
        var pieces = new ArrayList<Piece>();
        for (Piece piece : word.pieces()) {
            pieces.add(
                    switch (piece) {
                        case Piece.Text(var text, var _) -> new Piece.Text(text, true);
                        case Piece.Variable(var name, var _) -> new Piece.Variable(name, true);
                    });
        }
        pieces.add(new Piece.Text("\n", true));
        return new Word(pieces);
    }

    private void document(Pending awaited) throws Refusal {
        var text = new StringBuilder();
        while (true) {
            String line = reader.restOfLine();
            if (line == null) {
                throw new Refusal("a here-document has no end");
            }
            String unindented = awaited.indented ? line.replaceFirst("^\t+", "") : line;
            if (unindented.equals(awaited.delimiter)) {
                break;
            }
            text.append(unindented).append('\n');
        }
        var word = awaited.quoted
                ? new Word(List.of(new Piece.Text(text.toString(), true)))
                : WordReader.document(text.toString());
        awaited.redirections.set(awaited.index, new Redirection(0, Direction.INPUT_TEXT, word));
    }

    private static Refusal compound() {
        return new Refusal("compound commands, functions and subshells are not run");
    }
}
