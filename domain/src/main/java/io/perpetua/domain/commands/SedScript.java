package io.perpetua.domain.commands;

import io.perpetua.domain.commands.ArgumentJudge.Judged;

/*
 * The language of GNU sed, command by command, for those that run a program (e, s///e) or name a file (r, R, w, W, s///w).
 * Whether a delimiter inside of brackets ends an expression depends on the version: both are looked at.
 */
/** Tells what a {@code sed} script would do. */
final class SedScript {

    private static final String UNREADABLE = "the sed script cannot be read";

    private final String script;
    private final Paths paths;
    private Judged judged = new Judged(CommandClass.SAFE, "");
    /** Whether a delimiter inside of brackets is one of their characters. */
    private final boolean modern;
    /** Whether there is one. */
    private boolean twoWays;

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
        while (skip(" \t\n;{}")) {
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
            expression(next(), true);
            skip("IM");
        } else if ((c >= '0' && c <= '9') || "$+~".indexOf(c) >= 0) {
            skip("0123456789$+~");
        }
    }

    private char next() throws Refusal {
        if (at >= script.length() || script.charAt(at) == '\n') {
            throw unreadable();
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
                char delimiter = next();
                expression(delimiter, false);
                expression(delimiter, false);
                end();
            }
            case 'a', 'i', 'c' -> text();
            case 'b', 't', 'T', ':', 'v' -> {
                skip(" \t");
                while (at < script.length() && ";} \t\n".indexOf(here()) < 0) {
                    at++;
                }
                end(); // what stands behind a blank is a command, not a part of the label
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
        char delimiter = next();
        expression(delimiter, true);
        expression(delimiter, false);
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
    private void expression(char delimiter, boolean brackets) throws Refusal {
        if (delimiter == '\\') {
            throw unreadable();
        }
        while (at < script.length()) {
            char c = script.charAt(at++);
            if (c == '\\') {
                at++;
            } else if (c == delimiter) {
                return;
            } else if (c == '[' && brackets) {
                int close = Brackets.close(script, at - 1);
                boolean unclear = close > 0 && Brackets.unclear(script, at - 1, close, delimiter);
                twoWays |= unclear;
                at = !unclear || modern ? Math.max(at, close) : at;
            }
        }
        throw unreadable();
    }

    /** The text of {@code a}, {@code i} or {@code c}: to the end of the line, and on where a backslash ends that. */
    private void text() {
        while (at < script.length() && here() != '\n') {
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

    private static Refusal unreadable() {
        return new Refusal(UNREADABLE);
    }
}
