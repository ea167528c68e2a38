package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Dashboard and alerts, held to the figures that a server shows: names, labels, and the labels' values. */
final class Observability {

    private static final Path FOLDER = Path.of("../deploy/observability");

    /** A name with what it is narrowed to, or something else that begins with a letter: a function, an operator. */
    private static final Pattern SELECTOR =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\{[^}]*})?(\\[[^\\]]*])?(\\s*\\()?");

    private static final Pattern GROUPING = Pattern.compile("\\b(by|without)\\s*\\(([^)]*)\\)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)\\s*(=~|!=|!~|=)\\s*\"([^\"]*)\"");

    /** What Prometheus adds. */
    private static final Set<String> ADDED = Set.of("instance", "job");

    private static final Set<String> WORDS = Set.of("by", "without", "and", "or", "unless", "bool", "le");

    private final Scrape shown;

    Observability(Scrape shown) {
        this.shown = shown;
    }

    void check() throws IOException {
        var expressions = new ArrayList<String>();
        expressions.addAll(alerts());
        expressions.addAll(dashboard());
        assertThat(expressions).hasSizeGreaterThan(40);
        var used = new TreeSet<String>();
        expressions.forEach(expression -> used.addAll(check(expression)));
        assertThat(used).hasSizeGreaterThan(25);
    }

    private static List<String> alerts() throws IOException {
        var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        Map<String, List<Map<String, Object>>> file = yaml.load(Files.readString(FOLDER.resolve("alerts.yml")));
        var rules = new ArrayList<Map<String, Object>>();
        file.getOrDefault("groups", List.of()).forEach(group -> rules.addAll(rules(group)));
        assertThat(rules).allSatisfy(rule -> assertThat(rule).containsKeys("alert", "expr", "labels", "annotations"));
        return rules.stream().map(rule -> String.valueOf(rule.get("expr"))).toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rules(Map<String, Object> group) {
        return (List<Map<String, Object>>) group.getOrDefault("rules", List.of());
    }

    private static List<String> dashboard() throws IOException {
        JsonNode dashboard = Http.JSON.readTree(
                FOLDER.resolve("grafana/dashboards/perpetua.json").toFile());
        var ids = dashboard.path("panels").findValuesAsText("id");
        assertThat(ids).doesNotHaveDuplicates();
        return dashboard.path("panels").findValuesAsText("expr");
    }

    /** The figures that {@code expression} asks for, all of which are shown as it takes them to be. */
    private Set<String> check(String expression) {
        assertThat(expression.chars().filter(each -> each == '(').count())
                .as(expression)
                .isEqualTo(expression.chars().filter(each -> each == ')').count());
        var figures = new TreeSet<String>();
        var rest = GROUPING.matcher(expression).replaceAll(" ");
        Matcher each = SELECTOR.matcher(rest);
        while (each.find()) {
            String name = each.group(1);
            if (each.group(4) == null && !WORDS.contains(name) && !name.equals("up") && !within(rest, each.start())) {
                assertThat(shown.samples()).as(expression).contains(name);
                figures.add(name);
                narrowed(name, each.group(2));
            }
        }
        Matcher grouping = GROUPING.matcher(expression);
        while (grouping.find()) {
            var labels = new TreeSet<>(Arrays.asList(grouping.group(2).split("\\s*,\\s*", -1)));
            labels.removeAll(ADDED);
            for (String figure : figures) {
                assertThat(shown.labels(figure)).as(expression).containsAll(labels);
            }
        }
        return figures;
    }

    /** Whether the place is in a number such as {@code 1e6}. */
    private static boolean within(String text, int start) {
        return start > 0 && Character.isLetterOrDigit(text.charAt(start - 1));
    }

    private void narrowed(String name, @Nullable String labels) {
        if (labels == null) {
            return;
        }
        Matcher label = LABEL.matcher(labels);
        int found = 0;
        while (label.find()) {
            found++;
            if (!ADDED.contains(label.group(1))) {
                assertThat(shown.labels(name)).contains(label.group(1));
                for (String value : label.group(3).split("\\|", -1)) {
                    assertThat(shown.values(name, label.group(1)))
                            .as(name + labels)
                            .contains(value);
                }
            }
        }
        assertThat(found).as(labels).isPositive();
    }
}
