package io.perpetua.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Looks at a server again and again while clients talk to it, on a thread of its own. */
final class Watch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private final Site site;
    private final Talks talks;
    private final Duration every;
    private final List<Look> looks = new ArrayList<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private volatile boolean over;

    /** What was seen so many seconds after the start. */
    private record Look(double second, int answers, int requests, double clientCpuSeconds, Vitals vitals) {}

    /** Begins to watch. */
    Watch(Site site, Talks talks, Duration every) {
        this.site = site;
        this.talks = talks;
        this.every = every;
        thread.execute(this::run);
    }

    private void run() {
        long start = System.nanoTime();
        try {
            for (int i = 0; !over; i++) {
                look(start);
                long next = start + (i + 1) * every.toNanos();
                while (!over && System.nanoTime() < next) {
                    LockSupport.parkNanos(POLL.toNanos());
                }
            }
        } catch (IOException e) {
            // the server is gone, which its clients notice
        }
    }

    private synchronized void look(long start) throws IOException {
        double second = (System.nanoTime() - start) / 1e9;
        var own = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        int before = talks.requests();
        var vitals = Vitals.of(site.server());
        int requests = (before + talks.requests()) / 2; // in the middle of which the heap was counted
        looks.add(new Look(second, talks.answers(), requests, own.toNanos() / 1e9, vitals));
    }

    @Override
    public void close() {
        over = true;
        thread.close();
    }

    /** One row for each look. */
    synchronized List<Map<String, Number>> rows() {
        var rows = new ArrayList<Map<String, Number>>();
        Look before = null;
        for (Look look : looks) {
            var row = new LinkedHashMap<String, Number>();
            row.put("second", Math.round(look.second));
            row.putAll(look.vitals.figures());
            row.put("requests", look.requests);
            double seconds = before == null ? Double.NaN : look.second - before.second;
            row.put("answers_per_s", before == null ? Double.NaN : (look.answers - before.answers) / seconds);
            row.put("server_cpus", before == null ? Double.NaN : cpus(before.vitals, look.vitals, seconds));
            row.put(
                    "client_cpus",
                    before == null ? Double.NaN : (look.clientCpuSeconds - before.clientCpuSeconds) / seconds);
            rows.add(row);
            before = look;
        }
        return rows;
    }

    private static double cpus(Vitals before, Vitals after, double seconds) {
        return (after.cpuSeconds() - before.cpuSeconds()) / seconds;
    }

    /** The live heap in MB by the second after the first third of all looks, as it was. */
    synchronized Trend heap() {
        return Trend.of(heaps());
    }

    /** The same as if the same number of requests had been in progress all along: they come and go, and are no growth. */
    synchronized Trend heapApartFromRequests() {
        return Trend.of(heaps(), warm().stream().map(Look::requests).toList());
    }

    private List<Trend.Point> heaps() {
        return warm().stream()
                .map(look -> new Trend.Point(look.second, look.vitals.heap().mb()))
                .toList();
    }

    /** The classes whose instances take more memory at the end than after the first third, and how many bytes more. */
    synchronized Map<String, Long> grown() {
        var warm = warm();
        return warm.isEmpty()
                ? Map.of()
                : warm.getLast().vitals.heap().grown(warm.getFirst().vitals.heap());
    }

    /** Bytes that the live heap grew by for each answer since the first third. */
    synchronized double bytesAnAnswer() {
        var warm = warm();
        if (warm.size() < 2) {
            return Double.NaN;
        }
        Look first = warm.getFirst();
        Look last = warm.getLast();
        return (double) (last.vitals.heap().bytes() - first.vitals.heap().bytes()) / (last.answers - first.answers);
    }

    private List<Look> warm() {
        return looks.subList(looks.size() / 3, looks.size());
    }
}
