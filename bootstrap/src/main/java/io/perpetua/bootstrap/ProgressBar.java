package io.perpetua.bootstrap;

import java.io.PrintStream;

/** A bar that fills up on a terminal's line; silent where nobody watches. Not safe for concurrent use. */
public final class ProgressBar {

    private static final int WIDTH = 40;

    private final PrintStream out;
    private final int steps;
    private final boolean watched = watched();
    private int done;
    private int shown = -1;

    /** A bar of so many steps. */
    public ProgressBar(PrintStream out, int steps) {
        this.out = out;
        this.steps = Math.max(1, steps);
    }

    /**
     * One step is done.
     *
     * @param what is being worked on
     */
    public void step(String what) {
        done++;
        int percent = 100 * done / steps;
        if (watched && percent != shown) {
            shown = percent;
            int full = WIDTH * done / steps;
            out.printf("\r[%s%s] %3d%% %-20s", "#".repeat(full), " ".repeat(WIDTH - full), percent, what);
            out.flush();
        }
    }

    /** Clears the line. */
    public void done() {
        if (watched) {
            out.printf("\r%s\r", " ".repeat(WIDTH + 30));
        }
    }

    @SuppressWarnings("SystemConsoleNull") // a custom console provider may still give none
    private static boolean watched() {
        var console = System.console();
        return console != null && console.isTerminal();
    }
}
