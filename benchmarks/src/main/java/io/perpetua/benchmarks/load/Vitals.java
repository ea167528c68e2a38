package io.perpetua.benchmarks.load;

import io.perpetua.benchmarks.speed.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a server's process is at a moment. What only Linux tells is 0 elsewhere.
 *
 * @param heap what is reachable
 * @param rssMb resident memory
 * @param threads of the operating system's
 * @param descriptors open files and sockets
 * @param cpuSeconds spent since its start
 */
record Vitals(LiveHeap heap, long rssMb, long threads, long descriptors, double cpuSeconds) {

    /** Looks at a server, whose garbage is collected for that. */
    static Vitals of(ServerProcess server) throws IOException {
        long resident = server.residentMb(); // as it was, before the collection moves everything
        return new Vitals(
                LiveHeap.of(server.pid()),
                resident,
                entries(server, "task"),
                descriptors(server),
                server.cpu().toNanos() / 1e9);
    }

    /** Its open files and sockets alone. */
    static long descriptors(ServerProcess server) throws IOException {
        return entries(server, "fd");
    }

    private static long entries(ServerProcess server, String of) throws IOException {
        Path folder = Path.of("/proc", Long.toString(server.pid()), of);
        if (!Files.isReadable(folder)) {
            return 0;
        }
        try (var entries = Files.list(folder)) {
            return entries.count();
        }
    }

    Map<String, Number> figures() {
        var figures = new LinkedHashMap<String, Number>();
        figures.put("live_heap_mb", heap.mb());
        figures.put("rss_mb", rssMb);
        figures.put("threads", threads);
        figures.put("descriptors", descriptors);
        return figures;
    }
}
