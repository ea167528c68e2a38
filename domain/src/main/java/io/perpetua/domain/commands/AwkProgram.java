package io.perpetua.domain.commands;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/*
 * A program is cut into strings, regular expressions, comments and the rest, by rules that all awks share; what some read
 * in another way is refused, for what is taken for a text might be code: a number with a letter behind it, a slash where it
 * may divide as well as begin an expression, an expression that could end in two places, a text that goes on in the next
 * line, a character that is a sign for some and a blank for others. In the rest nothing may run a program, open a file or
 * change what files are read, and only functions are called that are known or that the program itself has.
 */
/** Tells whether an {@code awk} program does nothing but read its input and print. */
final class AwkProgram {

    private static final Set<String> REFUSED =
            Set.of("system", "getline", "ARGV", "ARGC", "SYMTAB", "FUNCTAB", "ENVIRON", "extension");
    /** Words that no operand ends with. */
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
    /** Of these, those behind which a slash begins an expression. */
    private static final Set<String> BEFORE_EXPRESSIONS = Set.of("print", "return");
    /** Words that are names in some awks, and in others not. */
    private static final Set<String> NAMES_OR_NOT = Set.of("func", "case", "default", "switch", "BEGINFILE", "ENDFILE");
    /** Words that end in some awks a statement, and one that is a call with or without an operand. */
    private static final Set<String> UNCLEAR = Set.of("nextfile", "length");
    /** Words behind which brackets hold a condition, and a statement follows. */
    private static final Set<String> CONDITIONS = Set.of("if", "while", "for");
    /** Functions, and other words that brackets may follow on. */
    private static final Pattern CALLED = Pattern.compile(
            "print|printf|return|in|else|exit|if|while|for|atan2|close|cos|exp|fflush|gensub|gsub|index|int|length|log|match|"
                    + "mktime|and|or|xor|compl|lshift|rshift|rand|sin|split|sprintf|sqrt|srand|strftime|strtonum|sub|substr|"
                    + "systime|tolower|toupper|asort|asorti|isarray|typeof");

    /** Signs behind which an operand follows, so that a slash begins an expression. */
    private static final String BEFORE_OPERANDS = ",!~=?:*%^<&[/";

    private static final Pattern NUMBER = Pattern.compile("(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

    /** A bracket that ends at the same place for everybody. */
    private static final Pattern BRACKET =
            Pattern.compile("\\[\\^?+(?:[^\\]\\[\\\\/\\n]|\\\\[^\\]\\[/\\n]|\\[:[a-z]+:\\])+\\]");

    private final String program;
    private final Matcher number;
    /** Names of functions: the program's own, and those that brackets follow on. */
    private final Set<String> own = new HashSet<>();

    private final Set<String> called = new HashSet<>();
    /** Whether a function's name is next. */
    private boolean named;

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
        awk.called.removeAll(awk.own);
        if (!awk.called.isEmpty()) {
            throw new Refusal(
                    "what the awk program does by '" + awk.called.iterator().next() + "' is not known");
        }
    }

    private void token(char c) throws Refusal {
        if (c == '"') {
            string();
            operand(true, false);
        } else if (c == '/' && !afterOperand) {
            if (unclear) {
                throw twoWays();
            }
            expression();
            operand(true, false);
        } else if (c == '#') {
            int end = program.indexOf('\n', at);
            at = end < 0 ? program.length() : end;
            if (program.charAt(at - 1) == '\\') {
                throw twoWays();
            }
        } else if (Letters.startsName(c)) {
            word();
        } else if (number.region(at, program.length()).lookingAt()) {
            at = number.end(); // with its point, or what divides by it would be taken for an expression
            if (at < program.length() && (Letters.inName(program.charAt(at)) || program.charAt(at) == '.')) {
                throw twoWays();
            }
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
            case '\n' -> operand(false, !conditions.isEmpty());
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
                if (BEFORE_OPERANDS.indexOf(c) < 0 || (c == ':' && next == ':')) {
                    throw unreadable(c);
                }
                operand(false, false);
            }
        }
    }

    private static Refusal twoWays() {
        return new Refusal("the awk program can be read in two ways");
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
        if (NAMES_OR_NOT.contains(word)) {
            throw twoWays();
        }
        int next = at;
        while (next < program.length() && " \t".indexOf(program.charAt(next)) >= 0) {
            next++;
        }
        if (named) {
            own.add(word);
        } else if (program.startsWith("(", next) && !CALLED.matcher(word).matches()) {
            called.add(word);
        }
        named = word.equals("function");
        printing |= word.equals("print") || word.equals("printf");
        boolean name = !KEYWORDS.contains(word) && !UNCLEAR.contains(word);
        operand(name, !name && !BEFORE_EXPRESSIONS.contains(word));
        condition = CONDITIONS.contains(word);
    }

    private void string() throws Refusal {
        at++;
        while (at < program.length() && program.charAt(at) != '"') {
            if (program.charAt(at) == '\n' || program.startsWith("\\\n", at)) {
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
        var bracket = BRACKET.matcher(program);
        while (at < program.length() && program.charAt(at) != '\n' && !program.startsWith("\\\n", at)) {
            char c = program.charAt(at);
            if (c == '/') {
                at++;
                return;
            }
            if (c == '[') {
                if (!bracket.region(at, program.length()).lookingAt()) {
                    throw twoWays();
                }
                at = bracket.end();
            } else {
                at += c == '\\' ? 2 : 1;
            }
        }
        throw new Refusal("an expression in the awk program is not closed");
    }
}
