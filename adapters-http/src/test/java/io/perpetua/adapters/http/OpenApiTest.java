package io.perpetua.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import io.perpetua.adapters.http.access.Needs;
import io.perpetua.domain.access.Permission;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OpenApiTest {

    private static final World WORLD = new World();
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
        WORLD.get(Router.class)
                .uriRoutes()
                .filter(route -> !route.getHttpMethodName().equals("HEAD"))
                .forEach(route -> {
                    var call = paths.path(path(route))
                            .path(route.getHttpMethodName().toLowerCase(Locale.ROOT));
                    var scope = route.getAnnotationMetadata()
                            .enumValue(Needs.class, Permission.class)
                            .map(Permission::wire);
                    assertThat(Optional.ofNullable(call.get("x-scope")).map(JsonNode::asText))
                            .as(path(route))
                            .isEqualTo(scope);
                    assertThat(call.has("security")).as(path(route)).isEqualTo(scope.isEmpty());
                });
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
        return WORLD.get(Router.class)
                .uriRoutes()
                .filter(route -> !route.getHttpMethodName().equals("HEAD"))
                .map(route -> route.getHttpMethodName() + " " + path(route))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A route's path without the patterns of its variables. */
    private static String path(UriRouteInfo<?, ?> route) {
        return route.getUriMatchTemplate().toPathString().replaceAll(":[^}]*}", "}");
    }
}
