package io.perpetua.adapters.commands;

import io.perpetua.adapters.commands.Builtin.Surroundings;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/** What went wrong with files while a program went over them, as programs put it. Belongs to one run. */
final class Complaints {

    private final String program;
    private final Surroundings here;
    private final boolean silent;
    private boolean any;

    Complaints(String program, Surroundings here) {
        this(program, here, false);
    }

    /**
     * What goes wrong in {@code program}.
     *
     * @param silent whether nobody wants to hear of it
     */
    Complaints(String program, Surroundings here, boolean silent) {
        this.program = program;
        this.here = here;
        this.silent = silent;
    }

    /** Something done with a file. */
    interface Work {
        void run() throws IOException;
    }

    /** Does {@code work}, and tells what goes wrong with {@code path} in it; whether nothing did. */
    boolean during(String path, Work work) throws IOException {
        try {
            work.run();
            return true;
        } catch (Pipe.Full | Pipe.TimeOver e) {
            throw e;
        } catch (IOException e) {
            tell(path, e);
            return false;
        }
    }

    private void tell(String path, IOException e) throws IOException {
        any = true;
        if (!silent) {
            here.err().print(program + ": " + path + ": " + of(e) + "\n");
        }
    }

    boolean any() {
        return any;
    }

    /** What went wrong, without where it was. */
    private static String of(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "No such file or directory";
            case NotDirectoryException _ -> "Not a directory";
            case AccessDeniedException _ -> "Permission denied";
            case FileSystemLoopException _ -> "Too many levels of symbolic links";
            case FileSystemException failed -> failed.getReason() == null ? "it cannot be opened" : failed.getReason();
            default -> Objects.requireNonNullElse(e.getMessage(), "it cannot be read");
        };
    }
}
