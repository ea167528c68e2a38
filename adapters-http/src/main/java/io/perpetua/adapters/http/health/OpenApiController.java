package io.perpetua.adapters.http.health;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.perpetua.adapters.http.Replies;
import io.perpetua.adapters.http.access.Open;
import io.perpetua.adapters.http.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The API's own description: YAML, or JSON for who accepts only that. */
@Controller("/openapi")
@Open
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL)
final class OpenApiController {

    private final byte[] yaml = load();

    @Get
    HttpResponse<?> get(HttpRequest<?> request) {
        boolean wantsJson = request.accept().stream()
                .findFirst()
                .filter(type -> type.getSubtype().equals(MediaType.EXTENSION_JSON))
                .isPresent();
        return wantsJson ? Replies.ok(json()) : HttpResponse.ok(yaml).contentType(new MediaType("application/yaml"));
    }

    private JsonNode json() {
        var loaded =
                new Yaml(new SafeConstructor(new LoaderOptions())).loadAs(new ByteArrayInputStream(yaml), Object.class);
        return Json.of(loaded);
    }

    private static byte[] load() {
        try (var in = Objects.requireNonNull(OpenApiController.class.getResourceAsStream("/openapi.yml"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of our own can be read", e);
        }
    }
}
