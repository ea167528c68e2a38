package io.perpetua.benchmarks.speed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Perpetua's command line in a process of its own, as {@code perpetua} starts it. What the environment of whoever
 * measures says about providers and about Perpetua does not reach it.
 */
public final class Program {

    private static final List<String> FLAGS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--add-modules=jdk.incubator.vector",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xmx512m");

    private Program() {}

    /** A process that is yet to be started. */
    static ProcessBuilder prepare(Path data, List<String> words) {
        var program = Stream.of("-cp", System.getProperty("java.class.path"), "io.perpetua.bootstrap.Perpetua");
        var command = Stream.of(Stream.of(tool("java").toString()), FLAGS.stream(), program, words.stream())
                .flatMap(each -> each)
                .toList();
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(Program::configures);
        builder.environment().put("PERPETUA_DATA", data.toString());
        return builder;
    }

    /** One of the JDK's programs. */
    public static Path tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name);
    }

    /**
     * Runs a command to its end.
     *
     * @param data its data directory
     * @return the lines of its standard output
     * @throws IOException when it fails, with the first line of what it said
     */
    public static List<String> run(Path data, String... words) throws IOException, InterruptedException {
        Path said = data.resolve("command.log");
        var process = prepare(data, List.of(words)).redirectError(said.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + ": " + complaint(Files.readAllLines(said)));
        }
        return out.lines().toList();
    }

    /** The first line that is no warning of the virtual machine's. */
    private static String complaint(List<String> said) {
        return said.stream()
                .filter(line -> !line.startsWith("WARNING"))
                .findFirst()
                .orElse("it said nothing");
    }

    private static boolean configures(String variable) {
        return variable.startsWith("PERPETUA_")
                || variable.startsWith("OTEL_")
                || variable.endsWith("_API_KEY")
                || variable.endsWith("_BASE_URL");
    }
}
