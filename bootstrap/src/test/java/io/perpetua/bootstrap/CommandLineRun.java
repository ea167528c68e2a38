package io.perpetua.bootstrap;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * A command that was run.
 *
 * @param status its exit status
 */
record CommandLineRun(int status, String out, String err) {

    static CommandLineRun of(String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        int status = Perpetua.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words);
        return new CommandLineRun(status, out.toString(), err.toString());
    }
}
