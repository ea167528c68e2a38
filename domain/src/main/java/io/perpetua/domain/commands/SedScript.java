package io.perpetua.domain.commands;

import io.perpetua.domain.commands.ArgumentJudge.Judged;
import java.util.regex.Pattern;

/*
 * The language of GNU sed, command by command, for those that run a program (e, s///e) or name a file (r, R, w, W, s///w).
 * Whether a delimiter inside of brackets ends an expression depends on the version: both are looked at. What else is read in
 * different ways is refused: delimiters that are letters or beyond ASCII, brackets that could end in two places, ends of
 * lines within an expression, and lines that go on behind a label, which for some sed goes to the end of its line.
 */
/** Tells what a {@code sed} script would do. */
final class SedScript {

    private static final String UNREADABLE = "the sed script cannot be read";

    private static final String DELIMITERS = "/|,#:!@%+=_~^&-;";
    private static final Pattern BRACKET =
            Pattern.compile("\\[\\^?+]?+(?:[^]\\[\\\\\\n]|\\\\[^]\\[\\n]|\\[:[a-z]+:]|\\[(?![:.=]))*]");
    /** Of those, such that hold the delimiter. */
    private static final Pattern PLAIN_BRACKET = Pattern.compile("\\[\\^?+(?:[^]\\[\\\\\\n]|\\\\[^]\\[\\n])+]");

    private final String script;
    private final Paths paths;
    private Judged judged = new Judged(CommandClass.SAFE, "");
    /** Whether a delimiter inside of brackets is one of their characters. */
    private final boolean modern;
    /** Whether there is one. */
    private boolean twoWays;
    /** Whether more stands behind a label on this line. */
    private boolean labelled;

    private int at;

    private SedScript(String script, Paths paths, boolean modern) {
        this.script = script;
        this.paths = paths;
        this.modern = modern;
    }

    /** What a script would do, by whichever way of reading it is worse. */
    static Judged judge(String script, Paths paths) throws Refusal {
        var sed = new SedScript(script, paths, true);
        sed.script();
        if (!sed.twoWays) {
            return sed.judged;
        }
        var other = new SedScript(script, paths, false);
        try {
            other.script();
        } catch (Refusal refusal) {
            if (!refusal.reason().equals(UNREADABLE)) { // else that sed says so, and does nothing
                throw refusal;
            }
        }
        return sed.judged.or(other.judged);
    }

    private void script() throws Refusal {
        while (separated()) {
            address();
            if (skip(" \t") && here() == ',') {
                at++;
                skip(" \t");
                address();
            }
            skip(" \t!");
            command();
        }
    }

    private boolean separated() {
        while (skip(" \t;{}") && here() == '\n') {
            labelled = false;
            at++;
        }
        return at < script.length();
    }

    /** Goes past any of {@code characters}; whether anything is left. */
    private boolean skip(String characters) {
        while (at < script.length() && characters.indexOf(script.charAt(at)) >= 0) {
            at++;
        }
        return at < script.length();
    }

    private char here() {
        return at < script.length() ? script.charAt(at) : 0;
    }

    private void address() throws Refusal {
        char c = here();
        if (c == '/' || c == '\\') {
            if (c == '\\') {
                at++;
            }
            expression(delimiter());
            skip("IM");
        } else if ((c >= '0' && c <= '9') || "$+~".indexOf(c) >= 0) {
            skip("0123456789$+~");
        }
    }

    private char delimiter() throws Refusal {
        if (DELIMITERS.indexOf(here()) < 0) {
            throw twoWays();
        }
        return script.charAt(at++);
    }

    private void command() throws Refusal {
        char c = here();
        at++;
        switch (c) {
            case '{', '}' -> {}
            case '=', 'd', 'D', 'F', 'g', 'G', 'h', 'H', 'n', 'N', 'p', 'P', 'x', 'z' -> end();
            case 'l', 'L', 'q', 'Q' -> {
                skip(" \t");
                skip("0123456789");
                end();
            }
            case 's' -> substitution();
            case 'y' -> {
                char delimiter = delimiter();
                replacement(delimiter, false);
                replacement(delimiter, false);
                end();
            }
            case 'a', 'i', 'c' -> text();
            case 'b', 't', 'T', ':', 'v' -> {
                skip(" \t");
                while (Letters.inName(here()) || "-.".indexOf(here()) >= 0) {
                    at++;
                }
                end(); // what stands behind a blank is a command, not a part of the label
                labelled = true;
            }
            case '#' -> line();
            case 'r', 'R' -> read(name());
            case 'w', 'W' -> write(name());
            case 'e' -> throw new Refusal("the sed script runs a program by 'e'");
            default -> throw unreadable();
        }
    }

    /** Behind a command nothing may stand but the beginning of another one. */
    private void end() throws Refusal {
        skip(" \t");
        if (at < script.length() && ";}\n#".indexOf(here()) < 0) {
            throw unreadable();
        }
    }

    private void substitution() throws Refusal {
        char delimiter = delimiter();
        expression(delimiter);
        replacement(delimiter, true);
        while (at < script.length() && ";}\n# \t".indexOf(here()) < 0) {
            char flag = script.charAt(at++);
            if (flag == 'w') {
                write(name());
                return;
            }
            if (flag == 'e') {
                throw new Refusal("the sed script runs a program by the flag 'e'");
            }
            if ("gpiIM0123456789mM".indexOf(flag) < 0) {
                throw unreadable();
            }
        }
        end();
    }

    /** Goes past the delimiter that ends an expression. */
    private void expression(char delimiter) throws Refusal {
        var bracket = BRACKET.matcher(script);
        var plain = PLAIN_BRACKET.matcher(script);
        while (at < script.length() && here() != '\n' && !script.startsWith("\\\n", at)) {
            char c = script.charAt(at++);
            if (c == '\\') {
                at++;
            } else if (c == delimiter) {
                return;
            } else if (c == '[') {
                if (!bracket.region(at - 1, script.length()).lookingAt()) {
                    throw twoWays();
                }
                boolean unclear = bracket.group().indexOf(delimiter) >= 0;
                if (unclear && !plain.region(at - 1, bracket.end()).matches()) {
                    throw twoWays();
                }
                twoWays |= unclear;
                at = !unclear || modern ? bracket.end() : at;
            }
        }
        throw unreadable();
    }

    /** Goes past the delimiter that ends characters; those of {@code s} may hold the end of a line behind a backslash. */
    private void replacement(char delimiter, boolean lines) throws Refusal {
        while (at < script.length() && here() != '\n') {
            if (script.startsWith("\\\n", at)) {
                if (!lines) {
                    throw twoWays();
                }
                goesOn();
            }
            char c = script.charAt(at++);
            if (c == delimiter) {
                return;
            }
            at += c == '\\' ? 1 : 0;
        }
        throw unreadable();
    }

    /** A line goes on in the next one; not for a sed to which all of it is a label. */
    private void goesOn() throws Refusal {
        if (labelled) {
            throw twoWays();
        }
    }

    /** The text of {@code a}, {@code i} or {@code c}: to the end of the line, and on where a backslash ends that. */
    private void text() throws Refusal {
        while (at < script.length() && here() != '\n') {
            if (script.startsWith("\\\n", at)) {
                goesOn();
            }
            at += here() == '\\' ? 2 : 1;
        }
    }

    /** The name of a file, which goes to the end of the line, whatever is in it. */
    private String name() throws Refusal {
        skip(" \t");
        String name = line();
        if (name.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw unreadable();
        }
        return name;
    }

    private String line() {
        int end = script.indexOf('\n', at);
        String line = script.substring(Math.min(at, script.length()), end < 0 ? script.length() : end);
        at = end < 0 ? script.length() : end;
        return line;
    }

    private void read(String path) throws Refusal {
        if (!path.equals("/dev/stdin")) {
            paths.check(path);
        }
    }

    private void write(String path) throws Refusal {
        if (!path.equals("/dev/stdout") && !Paths.isNull(path)) {
            paths.check(path);
            judged = judged.or(
                    paths.isGits(path)
                            ? new Judged(CommandClass.DANGEROUS, "the sed script changes what git keeps and runs")
                            : new Judged(CommandClass.WRITE, "the sed script writes '" + path + "'"));
        }
    }

    private static Refusal twoWays() {
        return new Refusal("the sed script can be read in two ways");
    }

    private static Refusal unreadable() {
        return new Refusal(UNREADABLE);
    }
}
