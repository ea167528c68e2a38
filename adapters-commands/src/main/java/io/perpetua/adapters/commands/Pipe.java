package io.perpetua.adapters.commands;

import io.perpetua.application.commands.Outcome.Ending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;

/** What one built-in command prints for the next one, or for the client, up to a limit. Belongs to one writer. */
final class Pipe extends OutputStream {

    /** Most bytes that wait between two commands. */
    static final int MOST = 16 << 20;

    private final Session session;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int most;

    Pipe(Session session, int most) {
        this.session = session;
        this.most = most;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        check();
        kept.write(bytes, from, Math.min(length, most + 1 - kept.size()));
        if (kept.size() > most) {
            throw new Full();
        }
    }

    void print(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] bytes() {
        return kept.toByteArray();
    }

    /**
     * Ends what goes on for too long.
     *
     * @throws TimeOver when the run's time is over
     * @throws CancellationException when the caller is interrupted
     */
    void check() throws TimeOver {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted while a command was run");
        }
        if (session.left() <= 0) {
            session.over(Ending.TIME_LIMIT);
            throw new TimeOver();
        }
    }

    /** Copies all of a stream. */
    void copy(InputStream from) throws IOException {
        byte[] bytes = new byte[8192];
        for (int n = from.read(bytes); n >= 0; n = from.read(bytes)) {
            write(bytes, 0, n);
        }
    }

    /** There is no room left. */
    static final class Full extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** The time is over. */
    static final class TimeOver extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
