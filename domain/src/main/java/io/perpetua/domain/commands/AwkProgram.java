package io.perpetua.domain.commands;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/*
 * A program is cut into strings, regular expressions, comments and the rest. Where a slash may be a division as well as
 * the beginning of an expression, or an expression could end in two places, the program is refused, as with every
 * character that is a sign for some and a blank for others: what is taken for a text might be code. In the rest nothing may run a program, open a file or change what files are read.
 */
/** Tells whether an {@code awk} program does nothing but read its input and print. */
final class AwkProgram {

    private static final Set<String> REFUSED =
            Set.of("system", "getline", "ARGV", "ARGC", "SYMTAB", "FUNCTAB", "ENVIRON", "extension");
    /** Words that an operand follows on. */
    private static final Set<String> KEYWORDS = Set.of(
            "print",
            "printf",
            "return",
            "in",
            "do",
            "else",
            "delete",
            "exit",
            "BEGIN",
            "END",
            "if",
            "while",
            "for",
            "function",
            "next",
            "break",
            "continue");
    /** Words that are names in some awks, and in others not; and one that is a call with or without an operand. */
    private static final Set<String> NAMES_OR_NOT =
            Set.of("func", "case", "default", "switch", "BEGINFILE", "ENDFILE", "nextfile", "length");
    /** Words behind which brackets hold a condition, and a statement follows. */
    private static final Set<String> CONDITIONS = Set.of("if", "while", "for", "switch");

    /** Signs behind which an operand follows, so that a slash begins an expression. */
    private static final String BEFORE_OPERANDS = ",!~=?:*%^<&[/";

    private static final Pattern NUMBER = Pattern.compile("(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

    private final String program;
    private final Matcher number;
    private int at;
    /** Whether an operand has just ended, so that a slash divides. */
    private boolean afterOperand;
    /** Whether a slash here could be either. */
    private boolean unclear;

    /** Whether the word before was one behind which a condition stands. */
    private boolean condition;
    /** Of each bracket that is open, whether it holds a condition. */
    private final Deque<Boolean> conditions = new ArrayDeque<>();

    private boolean printing;

    private AwkProgram(String program) {
        this.program = program;
        number = NUMBER.matcher(program);
    }

    static void check(String program) throws Refusal {
        var awk = new AwkProgram(program);
        while (awk.at < program.length()) {
            awk.token(program.charAt(awk.at));
        }
    }

    private void token(char c) throws Refusal {
        if (c == '"') {
            string();
            operand(true, false);
        } else if (c == '/' && !afterOperand) {
            if (unclear) {
                throw new Refusal("the awk program can be read in two ways");
            }
            expression();
            operand(true, false);
        } else if (c == '#') {
            int end = program.indexOf('\n', at);
            at = end < 0 ? program.length() : end;
        } else if (Letters.startsName(c)) {
            word();
        } else if (number.region(at, program.length()).lookingAt()) {
            at = number.end(); // with its point, or what divides by it would be taken for an expression
            operand(true, false);
        } else {
            sign(c);
        }
    }

    private void sign(char c) throws Refusal {
        char next = at + 1 < program.length() ? program.charAt(at + 1) : 0;
        at++;
        switch (c) {
            case ' ', '\t' -> {}
            case '\\' -> {
                if (next != '\n') {
                    throw unreadable(c);
                }
                at++;
            }
            case '(' -> {
                conditions.push(condition);
                operand(false, false);
            }
            case ')' -> {
                boolean ofCondition = conditions.isEmpty() || conditions.pop();
                operand(!ofCondition, ofCondition);
            }
            case ']' -> operand(true, false);
            case '\n' -> operand(false, false);
            case ';', '{', '}' -> { // the end of a line need not end a statement
                printing = false;
                operand(false, false);
            }
            case '|' -> {
                if (next != '|') {
                    throw new Refusal("the awk program runs another one by '|'");
                }
                at++;
                operand(false, false);
            }
            case '>' -> {
                if (printing && next != '=') {
                    throw new Refusal("the awk program writes a file by '>'");
                }
                operand(false, false);
            }
            case '+', '-' -> {
                boolean twice = next == c;
                at += twice ? 1 : 0;
                operand(false, twice);
            }
            case '$' -> operand(false, true);
            case '@' -> throw new Refusal("the awk program loads or calls something by '@'");
            default -> {
                if (BEFORE_OPERANDS.indexOf(c) < 0) {
                    throw unreadable(c);
                }
                operand(false, false);
            }
        }
    }

    private static Refusal unreadable(char c) {
        return new Refusal("what awk does with the character U+%04X is not known".formatted((int) c));
    }

    private void operand(boolean ended, boolean ambiguous) {
        condition = false;
        afterOperand = ended;
        unclear = ambiguous;
    }

    private void word() throws Refusal {
        int start = at;
        while (at < program.length() && Letters.inName(program.charAt(at))) {
            at++;
        }
        String word = program.substring(start, at);
        if (REFUSED.contains(word)) {
            throw new Refusal("the awk program uses '" + word + "'");
        }
        printing |= word.equals("print") || word.equals("printf");
        boolean unknown = NAMES_OR_NOT.contains(word);
        operand(!KEYWORDS.contains(word) && !unknown, unknown);
        condition = CONDITIONS.contains(word);
    }

    private void string() throws Refusal {
        at++;
        while (at < program.length() && program.charAt(at) != '"') {
            if (program.charAt(at) == '\n') {
                throw new Refusal("a text in the awk program is not closed");
            }
            at += program.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= program.length()) {
            throw new Refusal("a text in the awk program is not closed");
        }
        at++;
    }

    private void expression() throws Refusal {
        at++;
        while (at < program.length() && program.charAt(at) != '\n') {
            char c = program.charAt(at++);
            if (c == '\\') {
                at++;
            } else if (c == '/') {
                return;
            } else if (c == '[') {
                int close = Brackets.close(program, at - 1);
                if (close > 0 && Brackets.unclear(program, at - 1, close, '/')) {
                    throw new Refusal("the awk program can be read in two ways");
                }
                at = Math.max(at, close);
            }
        }
        throw new Refusal("an expression in the awk program is not closed");
    }
}
