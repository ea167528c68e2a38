package io.perpetua.adapters.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What processes and those below them use, as far as the system tells. */
record ProcessUsage(int processes, long bytes) {

    /** The usual size of a page; where it is larger, memory is counted for less than it is. */
    private static final long PAGE = 4096;

    static ProcessUsage of(List<Process> roots) {
        var all = roots.stream()
                .flatMap(each -> Stream.concat(Stream.of(each.toHandle()), each.descendants()))
                .toList();
        return new ProcessUsage(
                all.size(), all.stream().mapToLong(each -> bytes(each.pid())).sum());
    }

    private static long bytes(long pid) {
        try {
            String[] pages =
                    Files.readString(Path.of("/proc/" + pid + "/statm")).split(" ", -1);
            return Long.parseLong(pages[1]) * PAGE;
        } catch (IOException | NumberFormatException e) {
            return 0; // it has ended, or the system keeps it to itself
        }
    }
}
