package io.perpetua.bootstrap;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code perpetua health}: asks a running server whether to send it requests, for those who watch over it and have nothing
 * else to ask with. The exit status is 1 when it says no, or nothing.
 */
@Command(
        name = "health",
        description = "Ask a running server whether it is ready; the exit status is 0 if it is.",
        mixinStandardHelpOptions = true)
final class AskHealth implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(4);

    @Option(
            names = "--url",
            defaultValue = "http://127.0.0.1:${env:PERPETUA_PORT:-8081}",
            description = "The server (default: ${DEFAULT-VALUE}).")
    private URI url = URI.create("http://127.0.0.1:8081");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        var request = HttpRequest.newBuilder(url.resolve("/health/readiness"))
                .timeout(PATIENCE)
                .build();
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var response = client.send(request, BodyHandlers.ofString());
            spec.commandLine().getOut().println(response.body());
            spec.commandLine().getOut().flush();
            return response.statusCode() == 200 ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (IOException e) {
            spec.commandLine().getErr().println("Nobody answers at " + url + ".");
            spec.commandLine().getErr().flush();
            return ExitCode.SOFTWARE;
        }
    }
}
