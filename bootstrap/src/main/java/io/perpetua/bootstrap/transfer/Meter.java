package io.perpetua.bootstrap.transfer;

import io.perpetua.application.transfer.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Says every now and then how far a long piece of work is: on a terminal always on the same line, elsewhere on a line of
 * its own, and more seldom. Not safe for concurrent use.
 */
final class Meter implements Progress {

    private static final long SECOND = 1_000_000_000;
    private static final long WATCHED = SECOND / 2;
    private static final long UNWATCHED = 10 * SECOND;

    private final PrintWriter err;
    private final String what;
    private final String unit;
    private final LongSupplier nanoTime;
    private final boolean watched;
    private final long began;
    private long told;
    private boolean line;

    /**
     * Begins now.
     *
     * @param what is being done, such as {@code Exporting}
     * @param unit of what, such as {@code turns}
     */
    Meter(PrintWriter err, String what, String unit, LongSupplier nanoTime) {
        this(err, what, unit, nanoTime, isWatched());
    }

    Meter(PrintWriter err, String what, String unit, LongSupplier nanoTime, boolean watched) {
        this.err = err;
        this.what = what;
        this.unit = unit;
        this.nanoTime = nanoTime;
        this.watched = watched;
        began = nanoTime.getAsLong();
        told = began;
    }

    @Override
    public void done(long done, long total) {
        long now = nanoTime.getAsLong();
        if (now - told >= (watched ? WATCHED : UNWATCHED)) {
            told = now;
            tell(done, total, now);
        }
    }

    private void tell(long done, long total, long now) {
        double seconds = Math.max(1, now - began) / (double) SECOND;
        String of = total == 0 ? "" : String.format(Locale.ROOT, " of %,d (%d %%)", total, 100 * done / total);
        String text = String.format(Locale.ROOT, "%s: %,d %s%s, %,.0f a second", what, done, unit, of, done / seconds);
        if (watched) {
            err.printf("\r%-78s", text);
            line = true;
        } else {
            err.println(text);
        }
        err.flush();
    }

    /** Clears the line. */
    void end() {
        if (line) {
            err.printf("\r%-78s\r", "");
            err.flush();
        }
    }

    @SuppressWarnings("SystemConsoleNull") // a custom console provider may still give none
    private static boolean isWatched() {
        var console = System.console();
        return console != null && console.isTerminal();
    }
}
