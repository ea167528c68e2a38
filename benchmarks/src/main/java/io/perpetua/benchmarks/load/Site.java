package io.perpetua.benchmarks.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.benchmarks.speed.Program;
import io.perpetua.benchmarks.speed.ServerProcess;
import io.perpetua.bootstrap.TemporaryFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A server in a process of its own, on data of its own, in front of one simulated model. */
final class Site implements AutoCloseable {

    /** Longer than a request may wait for a place and then for an answer. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String PROVIDER = "sim";

    private final Path data = Files.createTempDirectory("perpetua-bench");
    private final String model;
    private final ServerProcess server;

    /**
     * Starts a server with its defaults.
     *
     * @param url where the model is
     * @param model what is known of it
     * @param settings more of the configuration, by section
     * @param environment variables of its environment
     */
    Site(String url, Map<String, Object> model, Map<String, Object> settings, Map<String, String> environment)
            throws IOException, InterruptedException {
        this.model = PROVIDER + "/" + model.get("name");
        var sections = new LinkedHashMap<>(settings);
        sections.put(
                "providers",
                Map.of(
                        PROVIDER,
                        Map.of("base_url", url, "dialect", "openai", "api_key", "x", "models", List.of(model))));
        Path file = data.resolve("perpetua.yml");
        // YAML has all of JSON in it
        new ObjectMapper().writeValue(file.toFile(), Map.of("perpetua", sections));
        try {
            server = new ServerProcess(data, environment, "--config", file.toString());
        } catch (IllegalStateException e) {
            TemporaryFolders.delete(data);
            throw e;
        }
    }

    /** The model, as requests name it. */
    String model() {
        return model;
    }

    ServerProcess server() {
        return server;
    }

    Client client() {
        return new Client(server.url(), PATIENCE);
    }

    /**
     * Makes an API key on the command line, while the server runs.
     *
     * @throws IOException when none is made, with what was said
     */
    String key(String name, double budget) throws IOException, InterruptedException {
        var lines = Program.run(
                data,
                "keys",
                "create",
                name,
                "--tenant",
                "bench",
                "--scopes",
                "chat,memory",
                "--budget",
                Double.toString(budget));
        String key = lines.isEmpty() ? "" : lines.getLast().strip();
        if (!key.startsWith("perp-")) {
            throw new IOException("no key stands on the last line of: " + lines);
        }
        return key;
    }

    @Override
    public void close() throws IOException {
        server.close();
        TemporaryFolders.delete(data);
    }
}
