package io.perpetua.benchmarks.load;

import io.perpetua.benchmarks.resilience.Figures;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of the requests of one priority. */
record Waits(List<Reply> replies) {

    Waits(Collection<Reply> replies) {
        this(List.copyOf(replies));
    }

    long answered() {
        return Figures.count(replies, Reply::answered);
    }

    /** That quantile of the times in the queue, in milliseconds; NaN where none is told. */
    double waitMs(double quantile) {
        var waits = replies.stream()
                .map(Reply::waitMs)
                .filter(wait -> !wait.isNaN())
                .map(Math::round)
                .toList();
        return Figures.quantile(waits, quantile);
    }

    Map<String, Number> figures() {
        var answered = replies.stream().filter(Reply::answered).toList();
        var first = answered.stream().map(Reply::firstNanos).toList();
        var whole = answered.stream().map(Reply::wholeNanos).toList();
        var figures = new LinkedHashMap<String, Number>();
        figures.put("requests", replies.size());
        figures.put("answered", answered.size());
        figures.put("refused_%", Figures.percent(replies, Reply::refused));
        figures.put("wait_p50_ms", waitMs(0.5));
        figures.put("wait_p95_ms", waitMs(0.95));
        figures.put("wait_p99_ms", waitMs(0.99));
        figures.put("wait_max_ms", waitMs(1));
        figures.put("first_p50_s", Figures.quantile(first, 0.5) / 1e9);
        figures.put("first_p95_s", Figures.quantile(first, 0.95) / 1e9);
        figures.put("whole_p50_s", Figures.quantile(whole, 0.5) / 1e9);
        figures.put("whole_p95_s", Figures.quantile(whole, 0.95) / 1e9);
        return figures;
    }
}
