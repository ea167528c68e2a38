package io.perpetua.benchmarks.instances;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.benchmarks.speed.ServerProcess;
import io.perpetua.bootstrap.TemporaryFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Servers over one store, each in a process of its own with a folder of its own. Safe for concurrent use. */
final class Fleet implements AutoCloseable {

    private final List<Member> members = new ArrayList<>();

    /**
     * Starts them.
     *
     * @param sections of the configuration that all of them have
     * @param environment variables of their environment
     */
    Fleet(int size, Map<String, Object> sections, Map<String, String> environment)
            throws IOException, InterruptedException {
        for (int i = 0; i < size; i++) {
            members.add(new Member(sections, environment));
        }
    }

    List<Member> members() {
        return List.copyOf(members);
    }

    /** Where one of those that are up listens, as chance has it. */
    String any(RandomGenerator random) {
        var up = members.stream().filter(Member::up).toList();
        var from = up.isEmpty() ? members : up;
        return from.get(random.nextInt(from.size())).url();
    }

    @Override
    public void close() throws IOException {
        for (Member member : members) {
            member.close();
        }
    }

    /** One server, which may be killed and started again over what it left. */
    static final class Member implements AutoCloseable {

        private final Path folder = Files.createTempDirectory("perpetua-instance");
        private final Map<String, String> environment;
        private volatile ServerProcess server;
        private volatile boolean up = true;

        Member(Map<String, Object> sections, Map<String, String> environment) throws IOException, InterruptedException {
            this.environment = Map.copyOf(environment);
            // YAML has all of JSON in it
            new ObjectMapper()
                    .writeValue(
                            folder.resolve("perpetua.yml").toFile(), Map.of("perpetua", new LinkedHashMap<>(sections)));
            server = launch();
        }

        private ServerProcess launch() throws IOException, InterruptedException {
            return new ServerProcess(
                    folder,
                    environment,
                    "--config",
                    folder.resolve("perpetua.yml").toString());
        }

        boolean up() {
            return up;
        }

        String url() {
            return server.url();
        }

        void kill() {
            up = false;
            server.kill();
        }

        void restart() throws IOException, InterruptedException {
            server = launch();
            up = true;
        }

        @Override
        public void close() throws IOException {
            server.close();
            TemporaryFolders.delete(folder);
        }
    }
}
