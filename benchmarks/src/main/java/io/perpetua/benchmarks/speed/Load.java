package io.perpetua.benchmarks.speed;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/** Sends requests from a number of connections at once, each as soon as the one before is answered, and times them. */
final class Load {

    private Load() {}

    /**
     * What a load came to.
     *
     * @param perSecond requests a second
     * @param p50Ms median time to the whole answer, milliseconds
     * @param p99Ms the time that 99 in 100 answers needed at most
     * @param firstP50Ms median time to the answer's first byte
     * @param failures answers other than 200
     */
    record Outcome(double perSecond, double p50Ms, double p99Ms, double firstP50Ms, int failures) {}

    /**
     * Runs a load.
     *
     * @param body the body of request number i
     */
    static Outcome run(String url, int connections, int requests, IntFunction<String> body)
            throws InterruptedException, ExecutionException {
        try (var client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<List<long[]>>>();
            for (int c = 0; c < connections; c++) {
                int connection = c;
                tasks.add(() -> {
                    var times = new ArrayList<long[]>();
                    for (int i = connection; i < requests; i += connections) {
                        times.add(one(client, url, body.apply(i)));
                    }
                    return times;
                });
            }
            long start = System.nanoTime();
            var times = new ArrayList<long[]>();
            for (var each : threads.invokeAll(tasks)) {
                times.addAll(each.get());
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            long[] whole = times.stream().mapToLong(time -> time[1]).sorted().toArray();
            long[] first = times.stream().mapToLong(time -> time[0]).sorted().toArray();
            int failures = (int) times.stream().filter(time -> time[2] != 200).count();
            return new Outcome(requests / seconds, ms(whole, 0.5), ms(whole, 0.99), ms(first, 0.5), failures);
        }
    }

    private static long[] one(HttpClient client, String url, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + "/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        long start = System.nanoTime();
        var response = client.send(request, BodyHandlers.ofInputStream());
        try (InputStream answer = response.body()) {
            answer.read();
            long first = System.nanoTime() - start;
            answer.readAllBytes();
            return new long[] {first, System.nanoTime() - start, response.statusCode()};
        }
    }

    /** That quantile of sorted nanoseconds, in milliseconds. */
    static double ms(long[] sorted, double quantile) {
        return sorted[Math.min(sorted.length - 1, (int) (quantile * sorted.length))] / 1e6;
    }
}
