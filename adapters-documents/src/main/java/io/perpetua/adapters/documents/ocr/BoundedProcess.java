package io.perpetua.adapters.documents.ocr;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Another program: run without a shell, for so long and with so much to say, and ended with all that it started. */
final class BoundedProcess {

    private static final int MOST_COMPLAINTS = 4_096;

    private BoundedProcess() {}

    /** It did not do what it was run for. */
    static final class Failed extends Exception {

        private static final long serialVersionUID = 1L;

        Failed(String message, Throwable cause) {
            super(message, cause);
        }

        Failed(String message) {
            super(message);
        }
    }

    /**
     * What {@code command} writes to its standard output.
     *
     * @param input what it is given to read
     * @param most bytes that it may write
     * @throws Failed where it is not there, fails, takes too long or says too much
     */
    static String run(List<String> command, byte[] input, Duration time, int most) throws Failed {
        Process process;
        try {
            var builder = new ProcessBuilder(command);
            builder.environment().put("OMP_THREAD_LIMIT", "1"); // how many run at once is decided here
            process = builder.start();
        } catch (IOException e) {
            throw new Failed(command.getFirst() + " cannot be started", e);
        }
        try {
            var complaint = reading(process.getErrorStream(), MOST_COMPLAINTS, true);
            var output = reading(process.getInputStream(), most, false);
            writing(process.getOutputStream(), input);
            byte[] said = output.get(time.toNanos(), TimeUnit.NANOSECONDS);
            if (said.length > most) {
                throw new Failed(command.getFirst() + " said more than " + most + " bytes");
            }
            if (!process.waitFor(1, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new Failed(command.getFirst() + " failed: "
                        + new String(complaint.getNow(new byte[0]), StandardCharsets.UTF_8).strip());
            }
            return new String(said, StandardCharsets.UTF_8);
        } catch (TimeoutException e) {
            throw new Failed(command.getFirst() + " took longer than " + time.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new Failed(command.getFirst() + " could not be listened to", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed(command.getFirst() + " was not waited for", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static CompletableFuture<byte[]> reading(InputStream from, int most, boolean drain) {
        var read = new CompletableFuture<byte[]>();
        Thread.ofVirtual().start(() -> {
            try (from) {
                read.complete(from.readNBytes(most + 1));
                if (drain) {
                    from.transferTo(OutputStream.nullOutputStream());
                }
            } catch (IOException e) {
                read.completeExceptionally(e);
            }
        });
        return read;
    }

    private static void writing(OutputStream to, byte[] input) {
        Thread.ofVirtual().start(() -> {
            try (to) {
                to.write(input);
            } catch (IOException e) {
                // it ended without having read everything, and its exit status says why
            }
        });
    }
}
