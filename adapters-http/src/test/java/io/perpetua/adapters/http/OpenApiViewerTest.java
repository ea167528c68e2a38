package io.perpetua.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page that shows the API's description. */
@Timeout(60)
class OpenApiViewerTest {

    private static final World WORLD = new World();
    private static final URI PAGE = URI.create("/openapi/ui");
    private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]*)\"");

    private final Client client = WORLD.client();

    @AfterAll
    static void stop() {
        WORLD.close();
    }

    @Test
    void page_isHtml() {
        var reply = client.get(PAGE.toString());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
    }

    @Test
    void page_whatItLoads_isThereAndComesFromHere() {
        var links = links();
        assertThat(links).hasSize(3).doesNotHaveDuplicates();
        for (String link : links) {
            var at = PAGE.resolve(link);
            assertThat(at.isAbsolute()).as(link).isFalse();
            var reply = client.get(at.toString());
            assertThat(reply.status()).as(link).isEqualTo(200);
            assertThat(reply.header("Content-Type")).startsWith(link.endsWith(".css") ? "text/css" : "text/javascript");
            assertThat(reply.body()).isNotBlank();
        }
    }

    @Test
    void page_description_isTheOneThatIsServed() {
        var script = client.get("/openapi/ui/start.js").body();
        var url = Pattern.compile("url: '([^']*)'").matcher(script);
        assertThat(url.find()).isTrue();
        assertThat(PAGE.resolve(url.group(1))).isEqualTo(URI.create("/openapi"));
        assertThat(script).doesNotContain("http");
    }

    @Test
    void policy_letsNothingInFromElsewhere() {
        var policy = client.get(PAGE.toString()).header("Content-Security-Policy");
        assertThat(List.of(policy.split("; ")))
                .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'");
        assertThat(policy).doesNotContain("http").doesNotContain("*").doesNotContain("unsafe-eval");
    }

    @ParameterizedTest
    @ValueSource(strings = {"swagger-ui.js", "..%2F..%2Fopenapi.yml", "page.html"})
    void part_whichIsNone_isNotFound(String name) {
        var reply = client.get("/openapi/ui/" + name);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.at("/error/code")).isEqualTo("\"unknown_url\"");
        assertThat(reply.header("Content-Security-Policy")).isEqualTo("default-src 'none'; frame-ancestors 'none'");
    }

    private List<String> links() {
        return LINK.matcher(client.get(PAGE.toString()).body())
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
