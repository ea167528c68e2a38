package io.perpetua.bootstrap;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.bootstrap.configuration.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the files for containers say fits the program; nothing of it is run but the launcher. */
class DeploymentTest {

    private static final Path ROOT = Path.of("..");
    private static final Path KUBERNETES = ROOT.resolve("deploy/kubernetes");

    /** Variables that are no keys: of the launcher, the shared stores and the providers. */
    private static final Set<String> WELL_KNOWN = Set.of(
            "PERPETUA_HEAP",
            "REDIS_URL",
            "QDRANT_URL",
            "QDRANT_API_KEY",
            "OPENAI_API_KEY",
            "ANTHROPIC_API_KEY",
            "GEMINI_API_KEY");

    private static final Pattern FLAG = Pattern.compile("(?<=[\\s='])-(-|X)[^\\s']*( jdk[a-z.]+)?");

    @TempDir
    Path folder;

    static Stream<Path> yaml() throws IOException {
        try (var files = Files.list(KUBERNETES)) {
            return Stream.concat(Stream.of(ROOT.resolve("compose.yml")), files.toList().stream());
        }
    }

    @ParameterizedTest
    @MethodSource("yaml")
    void yaml_isWellFormedAndWithoutDoubles(Path file) throws IOException {
        assertThat(documents(file)).isNotEmpty().allMatch(each -> each instanceof Map);
    }

    @Test
    void compose_variables_areKnown() throws IOException {
        var services =
                map(map(documents(ROOT.resolve("compose.yml")).getFirst()).get("services"));
        for (String server : List.of("perpetua-a", "perpetua-b")) {
            assertThat(unknown(map(map(services.get(server)).get("environment")).keySet()))
                    .isEmpty();
        }
        var volumes = Stream.of("perpetua-a", "perpetua-b")
                .map(server -> String.valueOf(map(services.get(server)).get("volumes")))
                .toList();
        assertThat(volumes).as("each has its own").doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"configmap.yaml, data", "secret.yaml, stringData"})
    void kubernetes_variables_areKnown(String file, String section) throws IOException {
        var variables = map(map(documents(KUBERNETES.resolve(file)).getFirst()).get(section));

        assertThat(variables).isNotEmpty();
        assertThat(unknown(variables.keySet())).isEmpty();
    }

    @Test
    void kubernetes_manifests_areAllListed() throws IOException {
        var listed = map(documents(KUBERNETES.resolve("kustomization.yaml")).getFirst())
                .get("resources");

        assertThat((List<?>) requireNonNull(listed))
                .map(String::valueOf)
                .containsExactlyInAnyOrderElementsOf(yaml().skip(1)
                        .map(file -> file.getFileName().toString())
                        .filter(name -> !name.equals("kustomization.yaml"))
                        .toList());
    }

    @Test
    void kubernetes_timeToEnd_isMoreThanItTakes() throws IOException {
        var set = map(documents(KUBERNETES.resolve("statefulset.yaml")).getFirst());
        var pod = map(map(map(set.get("spec")).get("template")).get("spec"));
        var settings = map(
                map(documents(KUBERNETES.resolve("configmap.yaml")).getFirst()).get("data"));
        int notice = Integer.parseInt(
                String.valueOf(settings.get("PERPETUA_STOP_NOTICE")).replace("s", ""));

        assertThat(requireNonNull((Integer) pod.get("terminationGracePeriodSeconds")))
                .isGreaterThanOrEqualTo(notice + 20 + 10);
    }

    @Test
    void probes_askForWhatThereIs() throws IOException {
        var paths = Pattern.compile("path: (/[a-z/]+)")
                .matcher(Files.readString(KUBERNETES.resolve("statefulset.yaml")))
                .results()
                .map(found -> found.group(1))
                .collect(toCollection(TreeSet::new));

        assertThat(paths).containsExactly("/health/liveness", "/health/readiness");
    }

    @Test
    void dockerfile_copiesWhatThereIs() throws IOException {
        var copied = Files.readString(ROOT.resolve("Dockerfile"))
                .lines()
                .filter(line -> line.startsWith("COPY ") && !line.contains("--from"))
                .map(line -> line.replaceAll("--\\S+ ", "").split(" ", -1)[1])
                .toList();

        assertThat(copied).isNotEmpty().allMatch(path -> Files.exists(ROOT.resolve(path)));
        var sent = Files.readString(ROOT.resolve(".dockerignore"));
        try (var files = Files.list(ROOT)) {
            assertThat(files.filter(file -> Files.exists(file.resolve("pom.xml")))
                            .map(file -> file.getFileName().toString()))
                    .isNotEmpty()
                    .allMatch(module -> sent.contains("!" + module) || module.startsWith("adapters-"));
        }
    }

    @Test
    void launcher_flags_areThoseOfTheOther() throws IOException {
        assertThat(flags(ROOT.resolve("deploy/launcher"))).isEqualTo(flags(ROOT.resolve("perpetua")));
    }

    @Test
    void launcher_passesOnWhatItIsGiven() throws Exception {
        Path java = folder.resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        var builder = new ProcessBuilder("sh", ROOT.resolve("deploy/launcher").toString(), "keys", "create", "a name");
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        builder.environment().put("PERPETUA_HEAP", "99m");
        builder.environment().put("JAVA_OPTS", "-Done -Dtwo");
        var process = builder.start();
        try (var out = process.inputReader()) {
            var words = out.lines().toList();
            assertThat(words)
                    .contains("-Xmx99m", "-Done", "-Dtwo", "-XX:TieredStopAtLevel=1")
                    .doesNotContain("--add-modules");
            assertThat(words.subList(words.size() - 4, words.size()))
                    .containsExactly("io.perpetua.bootstrap.Perpetua", "keys", "create", "a name");
        }
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void health_whereNobodyListens_isOne() {
        var run = CommandLineRun.of("health", "--url", "http://127.0.0.1:1");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("Nobody answers at http://127.0.0.1:1");
    }

    @Test
    void health_ofARunningServer_isItsReadiness() throws IOException {
        try (var server = ServerProcess.start(Files.createDirectory(folder.resolve("data")), Map.of())) {
            var run = CommandLineRun.of("health", "--url", "http://127.0.0.1:" + server.port());

            assertThat(run.status()).isZero();
            assertThat(run.out()).contains("\"UP\"");
        }
    }

    private static Set<String> flags(Path launcher) throws IOException {
        return FLAG.matcher(Files.readString(launcher).replaceAll("(?m)^#.*", ""))
                .results()
                .map(found -> found.group())
                .filter(flag -> !flag.equals("--"))
                .collect(toCollection(TreeSet::new));
    }

    private static List<String> unknown(Set<String> variables) {
        var known = new TreeSet<>(WELL_KNOWN);
        Keys.all().forEach(key -> known.add(key.full().toUpperCase(Locale.ROOT).replace('.', '_')));
        return variables.stream().filter(each -> !known.contains(each)).toList();
    }

    private static List<Object> documents(Path file) throws IOException {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        var documents = new ArrayList<Object>();
        new Yaml(new SafeConstructor(options)).loadAll(Files.readString(file)).forEach(documents::add);
        return documents;
    }

    @SuppressWarnings("unchecked") // YAML's maps have names
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) requireNonNull(value);
    }
}
