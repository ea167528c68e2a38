package io.perpetua.benchmarks.load;

import io.perpetua.benchmarks.speed.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is reachable in a server's heap, counted by {@code jcmd PID GC.class_histogram}: it collects all garbage and
 * counts in one pause, so nothing that is allocated meanwhile is in it.
 *
 * @param bytes in all, 0 where it could not be told
 * @param byClass of them by class
 */
record LiveHeap(long bytes, Map<String, Long> byClass) {

    private static final int RANK = 0;
    private static final int BYTES = 2;
    private static final int NAME = 3;
    private static final int MOST_GROWN = 8;
    /** What stands in the place of garbage that it was not worth to move things for. */
    private static final String FILLER = "jdk.internal.vm.Filler";

    LiveHeap {
        byClass = Map.copyOf(byClass);
    }

    static LiveHeap of(long pid) throws IOException {
        var command = List.of(Program.tool("jcmd").toString(), Long.toString(pid), "GC.class_histogram");
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return parse(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    /** Reads a histogram: a line has rank, instances, bytes and the class. */
    static LiveHeap parse(String histogram) {
        var byClass = new HashMap<String, Long>();
        for (String line : histogram.lines().toList()) {
            String[] cells = line.strip().split("\\s+", -1);
            if (cells.length > NAME && cells[RANK].matches("\\d+:") && cells[BYTES].matches("\\d+")) {
                byClass.merge(cells[NAME], Long.parseLong(cells[BYTES]), Long::sum);
            }
        }
        byClass.keySet().removeIf(name -> name.contains(FILLER));
        long all = byClass.values().stream().mapToLong(Long::longValue).sum();
        return new LiveHeap(all, byClass);
    }

    double mb() {
        return bytes == 0 ? Double.NaN : bytes / 1e6;
    }

    /** The classes that have more bytes than in an {@code earlier} count, and how many more, the most first. */
    Map<String, Long> grown(LiveHeap earlier) {
        var grown = new LinkedHashMap<String, Long>();
        byClass.entrySet().stream()
                .map(each ->
                        Map.entry(each.getKey(), each.getValue() - earlier.byClass.getOrDefault(each.getKey(), 0L)))
                .filter(each -> each.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_GROWN)
                .forEach(each -> grown.put(each.getKey(), each.getValue()));
        return grown;
    }
}
