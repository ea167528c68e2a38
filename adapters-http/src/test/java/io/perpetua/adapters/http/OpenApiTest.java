package io.perpetua.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import io.perpetua.adapters.http.access.Needs;
import io.perpetua.domain.access.Permission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OpenApiTest {

    private static final World WORLD = new World();
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern QUERY = Pattern.compile("(?:\\.query\\(|\\(call, )(\"[a-z_]+\"|[A-Z_]+)");
    private static final Pattern READ_HEADER = Pattern.compile("(?:call\\.headers?\\(|HEADER = )\"(X-[A-Za-z-]+)\"");
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private final Client client = WORLD.client();

    @AfterAll
    static void stop() {
        WORLD.close();
    }

    @Test
    void get_noPreference_isYaml() {
        var reply = client.get("/openapi");
        assertThat(reply.header("Content-Type")).isEqualTo("application/yaml");
        assertThat(reply.body()).startsWith("openapi: 3.1.0\n");
    }

    @Test
    void get_routes_areDescribedAndNothingElseIs() {
        assertThat(described()).isEqualTo(routes());
    }

    @Test
    void get_references_leadSomewhere() {
        var api = api();
        assertThat(api.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(
                        reference -> assertThat(api.at(reference.substring(1)).isMissingNode())
                                .isFalse());
    }

    @Test
    void get_routes_needTheScopeThatIsDescribed() {
        var paths = api().at("/paths");
        uriRoutes().forEach(route -> {
            var call = paths.path(path(route)).path(route.getHttpMethodName().toLowerCase(Locale.ROOT));
            var scope = route.getAnnotationMetadata()
                    .enumValue(Needs.class, Permission.class)
                    .map(Permission::wire);
            assertThat(Optional.ofNullable(call.get("x-scope")).map(JsonNode::asText))
                    .as(path(route))
                    .isEqualTo(scope);
            assertThat(call.has("security")).as(path(route)).isEqualTo(scope.isEmpty());
        });
    }

    /** By the source, since what a call reads of its query is nowhere declared. */
    @Test
    void get_queries_areThoseThatTheCodeReads() throws IOException {
        var read = new TreeMap<String, Set<String>>();
        var described = new TreeMap<String, Set<String>>();
        var api = api();
        for (UriRouteInfo<?, ?> route : uriRoutes().toList()) {
            String controller = route.getDeclaringType().getName();
            String source = Files.readString(SOURCES.resolve(controller.replace('.', '/') + ".java"));
            read.put(controller, queries(source));
            described.computeIfAbsent(controller, name -> new TreeSet<>()).addAll(parameters(api, route, "query"));
        }
        assertThat(described).isEqualTo(read);
        assertThat(read.values()).anyMatch(names -> names.containsAll(Set.of("namespace", "cursor", "limit")));
    }

    @Test
    void get_headers_areThoseThatTheCodeReads() throws IOException {
        var described = new TreeSet<String>();
        var api = api();
        uriRoutes().forEach(route -> described.addAll(parameters(api, route, "header")));
        var read = new TreeSet<>(Set.of("Cache-Control"));
        try (var files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                READ_HEADER.matcher(Files.readString(file)).results().forEach(found -> read.add(found.group(1)));
            }
        }
        assertThat(described).isEqualTo(read);
    }

    private static Stream<UriRouteInfo<?, ?>> uriRoutes() {
        return WORLD.get(Router.class)
                .uriRoutes()
                .filter(route -> !route.getHttpMethodName().equals("HEAD"));
    }

    /** The names that a controller's source asks the query for. */
    private static Set<String> queries(String source) {
        var names = new TreeSet<String>();
        QUERY.matcher(source).results().map(found -> found.group(1)).forEach(name -> {
            var constant =
                    Pattern.compile("String " + name + " = \"([a-z_]+)\"").matcher(source);
            if (name.startsWith("\"")) {
                names.add(name.replace("\"", ""));
            } else if (constant.find()) {
                names.add(constant.group(1));
            }
        });
        if (Stream.of(".scope(", ".conversation()", "ChatRequestReader ").anyMatch(source::contains)) {
            names.add("namespace");
        }
        return names;
    }

    private static Set<String> parameters(JsonNode api, UriRouteInfo<?, ?> route, String in) {
        var path = api.path("paths").path(path(route));
        var call = path.path(route.getHttpMethodName().toLowerCase(Locale.ROOT));
        return Stream.of(path, call)
                .flatMap(part -> part.path("parameters").valueStream())
                .map(each ->
                        each.has("$ref") ? api.at(each.path("$ref").asText().substring(1)) : each)
                .filter(each -> each.path("in").asText().equals(in))
                .map(each -> each.path("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private JsonNode api() {
        return client.get("/openapi", "Accept", "application/json").json();
    }

    private Set<String> described() {
        var calls = new TreeSet<String>();
        api().at("/paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (METHODS.contains(method)) {
                        calls.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                }));
        return calls;
    }

    private static Set<String> routes() {
        return uriRoutes()
                .map(route -> route.getHttpMethodName() + " " + path(route))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A route's path without the patterns of its variables. */
    private static String path(UriRouteInfo<?, ?> route) {
        return route.getUriMatchTemplate().toPathString().replaceAll(":[^}]*}", "}");
    }
}
