package io.perpetua.adapters.commands;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/** What went wrong with a file, as programs put it: without where it is. */
final class Complaints {

    private Complaints() {}

    static String of(IOException e) {
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
