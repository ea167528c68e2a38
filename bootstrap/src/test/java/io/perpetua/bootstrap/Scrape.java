package io.perpetua.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hawkular.agent.prometheus.text.TextPrometheusMetricsProcessor;
import org.hawkular.agent.prometheus.types.Counter;
import org.hawkular.agent.prometheus.types.Gauge;
import org.hawkular.agent.prometheus.types.Histogram;
import org.hawkular.agent.prometheus.types.Metric;
import org.hawkular.agent.prometheus.types.MetricFamily;
import org.hawkular.agent.prometheus.walkers.CollectorPrometheusMetricsWalker;

/** What {@code /metrics} says, read as Prometheus reads it. */
final class Scrape {

    private final Map<String, MetricFamily> families = new TreeMap<>();

    private Scrape(List<MetricFamily> read) {
        read.forEach(family -> families.put(family.getName(), family));
    }

    static Scrape of(String text) {
        var walker = new CollectorPrometheusMetricsWalker();
        new TextPrometheusMetricsProcessor(new ByteArrayInputStream(text.getBytes(UTF_8)), walker).walk();
        var scrape = new Scrape(walker.getAllMetricFamilies());
        var announced = text.lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ", -1)[2])
                .collect(Collectors.toCollection(TreeSet::new));
        if (!announced.equals(scrape.names())) { // the reader leaves out what it does not understand
            throw new AssertionError("announced " + announced + ", read " + scrape.names());
        }
        return scrape;
    }

    Set<String> names() {
        return families.keySet();
    }

    /** The names that samples have; of a histogram also those of its parts. */
    Set<String> samples() {
        var samples = new TreeSet<String>();
        families.forEach((name, family) -> {
            samples.add(name);
            if (family.getMetrics().stream().anyMatch(Histogram.class::isInstance)) {
                samples.addAll(Set.of(name + "_bucket", name + "_count", name + "_sum"));
            }
        });
        return samples;
    }

    /** The labels that any sample of {@code name} has. */
    Set<String> labels(String name) {
        String base = families.containsKey(name) ? name : name.replaceFirst("_(bucket|count|sum)$", "");
        var labels = new TreeSet<String>();
        metrics(base).forEach(metric -> labels.addAll(metric.getLabels().keySet()));
        if (name.endsWith("_bucket")) {
            labels.add("le");
        }
        return labels;
    }

    /** The values of a label. */
    Set<String> values(String name, String label) {
        String base = families.containsKey(name) ? name : name.replaceFirst("_(bucket|count|sum)$", "");
        return metrics(base).stream()
                .map(metric -> metric.getLabels().getOrDefault(label, ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The sum of everything of that name that has these labels: counts of histograms, values of everything else.
     *
     * @param labels names and values in turn
     */
    double sum(String name, String... labels) {
        return metrics(name).stream()
                .filter(metric -> {
                    boolean all = true;
                    for (int i = 0; i < labels.length; i += 2) {
                        all &= labels[i + 1].equals(metric.getLabels().get(labels[i]));
                    }
                    return all;
                })
                .mapToDouble(Scrape::value)
                .sum();
    }

    /** Everything of that name, label by label. */
    String all(String name) {
        return metrics(name).stream()
                .map(metric -> new TreeMap<>(metric.getLabels()) + " " + value(metric))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private List<Metric> metrics(String name) {
        var family = families.get(name);
        return family == null ? List.of() : family.getMetrics();
    }

    private static double value(Metric metric) {
        return switch (metric) {
            case Counter counter -> counter.getValue();
            case Gauge gauge -> gauge.getValue();
            case Histogram histogram -> histogram.getSampleCount();
            default -> throw new AssertionError("neither counter, gauge nor histogram: " + metric.getName());
        };
    }
}
