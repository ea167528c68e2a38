package io.perpetua.adapters.http.health;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.perpetua.adapters.http.access.Open;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** The API's description as a page: Swagger UI, whose files are in the process. Nothing is loaded from elsewhere. */
@Controller("/openapi/ui")
@Open
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.ALL)
final class OpenApiViewer {

    /** What the page needs, and nothing more: its own files, the description, calls to this server, and its drawn icons. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String SWAGGER = "/META-INF/resources/webjars/swagger-ui/" + version() + "/";
    private static final String OURS = "/viewer/";

    private final Map<String, Part> parts = Map.of(
            "start.js", new Part(OURS, "text/javascript"),
            "swagger-ui-bundle.js", new Part(SWAGGER, "text/javascript"),
            "swagger-ui.css", new Part(SWAGGER, "text/css"));

    private record Part(String folder, String type) {}

    @Get
    HttpResponse<?> page() {
        return reply(resource(OURS + "page.html"), "text/html");
    }

    @Get("/{file}")
    HttpResponse<?> part(String file) {
        var part = parts.get(file);
        if (part == null) {
            throw new RequestRefused(Reason.NOT_FOUND, "unknown_url", null, "there is no such part of the page");
        }
        return reply(resource(part.folder() + file), part.type());
    }

    private static HttpResponse<?> reply(byte[] body, String type) {
        return HttpResponse.ok(body)
                .header(HttpHeaders.CONTENT_TYPE, type + "; charset=utf-8")
                .header("Content-Security-Policy", POLICY)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    private static String version() {
        var properties = new Properties();
        try (var in = Objects.requireNonNull(
                OpenApiViewer.class.getResourceAsStream("/META-INF/maven/org.webjars/swagger-ui/pom.properties"))) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of a library can be read", e);
        }
        return properties.getProperty("version");
    }

    private static byte[] resource(String name) {
        try (var in = Objects.requireNonNull(OpenApiViewer.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of our own can be read", e);
        }
    }
}
