package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.application.access.ApiKeys;
import io.perpetua.application.access.ManageKeys;
import io.perpetua.domain.access.AllowedModels;
import io.perpetua.domain.access.ApiKey.Access;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.access.Rates;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/**
 * One tenant tries to reach the other's conversations, through every call that the API's own description lists: with the
 * other's ids, words and histories, and under the same names. What each has said holds a word that is nobody else's.
 */
@Timeout(240)
class TenantsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COMPLETIONS = "POST /v1/chat/completions";

    /** Calls that tell nothing of anybody. */
    private static final Set<String> OPEN = Set.of(
            "/health",
            "/health/liveness",
            "/health/readiness",
            "/metrics",
            "/openapi",
            "/openapi/ui",
            "/openapi/ui/{file}");

    private static final List<String> NAMES = List.of("shared", "trip", "a b/c", "ünïcode", "x%2Fy");

    private static final String ROLL_UPS = "/v1/usage/rollups";

    private final HttpClient client = HttpClient.newHttpClient();

    /**
     * A tenant, and what it alone knows.
     *
     * @param documents ids of its documents
     * @param jobs ids of what has read them
     */
    private record Tenant(
            String name,
            String key,
            List<String> secrets,
            List<String> anchors,
            List<String> facts,
            List<String> documents,
            List<String> jobs) {

        Tenant(String name, String key) {
            this(
                    name,
                    key,
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>());
        }
    }

    private record Reply(int status, String body) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyCall_ofOneTenant_tellsAndChangesNothingOfAnother(long seed, @TempDir Path data) throws Exception {
        var random = new Random(seed);
        try (var server = new RunningServer(data, Map.of("perpetua.embedder", "none"))) {
            var keys = new ManageKeys(server.bean(ApiKeys.class), new SecureRandom(), InstantSource.system());
            var alpha = tenant(keys, "alpha");
            var beta = tenant(keys, "beta");
            var base = "http://127.0.0.1:" + server.port();
            live(base, alpha, random);
            live(base, beta, random);
            var before = everything(base, alpha);
            var reached = new TreeSet<String>();
            for (int i = 0; i < 400; i++) {
                attack(base, beta, alpha, random, reached);
            }
            assertThat(reached).containsExactlyInAnyOrderElementsOf(calls());
            assertThat(everything(base, alpha)).isEqualTo(before);
        }
    }

    /** Word for word the history of another tenant's conversation, and then a question. */
    @Test
    void history_ofAnotherTenant_isNotRecognised(@TempDir Path data) throws Exception {
        try (var server = new RunningServer(data, Map.of("perpetua.embedder", "none"))) {
            var keys = new ManageKeys(server.bean(ApiKeys.class), new SecureRandom(), InstantSource.system());
            var alpha = tenant(keys, "alpha");
            var beta = tenant(keys, "beta");
            var base = "http://127.0.0.1:" + server.port();
            var first = JSON.readTree(send(
                            base,
                            COMPLETIONS,
                            alpha.key,
                            chat("My word is alphaword.").toString())
                    .body());
            var again = chat("My word is alphaword.");
            again.withArray("messages").add(first.at("/choices/0/message"));
            again.withArray("messages").add(message("user", "What is my word?"));

            var own = metadata(send(base, COMPLETIONS, alpha.key, again.toString()));
            assertThat(own.path("conversation_id")).isEqualTo(first.at("/perpetual_metadata/conversation_id"));
            var other = metadata(send(base, COMPLETIONS, beta.key, again.toString()));
            assertThat(other.path("conversation_id")).isNotEqualTo(first.at("/perpetual_metadata/conversation_id"));
            assertThat(other.has("forked_from")).isFalse();
            assertThat(other.path("cache_hit").asBoolean()).isFalse();
        }
    }

    /** The same question of two tenants, one after the other and at the same time, is asked for each of them. */
    @Test
    void answer_toAnotherTenant_isNotGivenAgain(@TempDir Path data) throws Exception {
        try (var upstream = new ScriptedOpenAi();
                var server = new RunningServer(
                        data,
                        Map.of(
                                "perpetua.embedder", "none",
                                "perpetua.providers.mine.base-url", upstream.url(),
                                "perpetua.providers.mine.models", List.of("m")))) {
            var keys = new ManageKeys(server.bean(ApiKeys.class), new SecureRandom(), InstantSource.system());
            var alpha = tenant(keys, "alpha");
            var beta = tenant(keys, "beta");
            var base = "http://127.0.0.1:" + server.port();
            var question = chat("Is it Tuesday?").toString();
            upstream.nextAnswer("For alpha.");
            upstream.nextAnswer("For beta.");
            assertThat(send(base, COMPLETIONS, alpha.key, question).body()).contains("For alpha.");
            assertThat(send(base, COMPLETIONS, beta.key, question).body()).contains("For beta.");
            assertThat(send(base, COMPLETIONS, alpha.key, question).body()).contains("For alpha.");
        }
    }

    private static JsonNode metadata(Reply reply) throws IOException {
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return JSON.readTree(reply.body()).path("perpetual_metadata");
    }

    @Test
    void everyCall_withoutAKeyWhereOneIsRequired_isRefused(@TempDir Path data) throws Exception {
        try (var first = new RunningServer(data, Map.of("perpetua.embedder", "none"))) {
            tenant(new ManageKeys(first.bean(ApiKeys.class), new SecureRandom(), InstantSource.system()), "alpha");
        }
        try (var server =
                new RunningServer(data, Map.of("perpetua.embedder", "none", "perpetua.access.keys-required", true))) {
            for (String call : calls()) {
                var reply = send("http://127.0.0.1:" + server.port(), call.replaceAll("\\{\\w+}", "x"), "", "{}");
                assertThat(reply.status()).as(call).isEqualTo(401);
                assertThat(JSON.readTree(reply.body()).at("/error/code").asText())
                        .isEqualTo("missing_api_key");
            }
            for (String path : OPEN) {
                assertThat(send(
                                        "http://127.0.0.1:" + server.port(),
                                        "GET " + path.replace("{file}", "start.js"),
                                        "",
                                        "")
                                .status())
                        .as(path)
                        .isEqualTo(200);
            }
        }
    }

    /** Every call that the description lists, save the open ones. */
    private static List<String> calls() throws IOException {
        try (var in = TenantsTest.class.getResourceAsStream("/openapi.yml")) {
            var calls = new ArrayList<String>();
            var paths =
                    JSON.valueToTree(new Yaml().<Map<String, Object>>load(in)).get("paths");
            paths.properties()
                    .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                        if (!OPEN.contains(path.getKey())
                                && Set.of("get", "post", "delete").contains(method)) {
                            calls.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                        }
                    }));
            return calls;
        }
    }

    private static Tenant tenant(ManageKeys keys, String name) {
        var access = new Access(name, EnumSet.allOf(Permission.class), AllowedModels.ALL, Rates.UNLIMITED, null);
        return new Tenant(name, keys.create(name, access, null).reveal());
    }

    /** Has {@code tenant} say things that nobody else says, in conversations that others have as well. */
    private void live(String base, Tenant tenant, Random random) throws IOException {
        for (String conversation : NAMES) {
            say(base, tenant, conversation, random);
            say(base, tenant, conversation, random);
            var pinned = send(
                    base,
                    "POST /v1/conversations/" + encoded(conversation) + "/anchors",
                    tenant.key,
                    object().put("text", "Remember " + secret(tenant, random)).toString());
            tenant.anchors.add(JSON.readTree(pinned.body()).path("id").asText());
            var told = send(
                    base,
                    "POST /v1/facts",
                    tenant.key,
                    fact(conversation, "is " + secret(tenant, random)).toString());
            assertThat(told.status()).as(told.body()).isBetween(200, 201);
            tenant.facts.add(JSON.readTree(told.body()).path("fact_id").asText());
        }
        write(base, tenant, random);
    }

    /** Has a document of {@code tenant} indexed, which says things that nobody else says. */
    private void write(String base, Tenant tenant, Random random) throws IOException {
        String said = "# Code words\n\nThe code word is " + secret(tenant, random) + ".\n";
        var about = object().put("media_type", "text/markdown").put("document", base64(said));
        about.putObject("metadata").put("title", "Words of " + secret(tenant, random));
        var job = JSON.readTree(send(base, "POST /v1/vision/index", tenant.key, about.toString())
                .body());
        tenant.jobs.add(job.path("job_id").asText());
        tenant.documents.add(job.path("doc_id").asText());
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        String status = "queued";
        while (!status.equals("succeeded") && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            status = JSON.readTree(send(base, "GET /v1/vision/index/jobs/" + tenant.jobs.getLast(), tenant.key, "")
                            .body())
                    .path("status")
                    .asText();
        }
        assertThat(status).isEqualTo("succeeded");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode fact(String conversation, String object) {
        return object().put("subject", "the code word of " + conversation)
                .put("predicate", "is")
                .put("object", object)
                .put("confidence", 0.9)
                .put("conversation_id", conversation);
    }

    private void say(String base, Tenant tenant, String conversation, Random random) throws IOException {
        var reply = send(
                base,
                "POST /v1/chat/completions",
                tenant.key,
                chat("The code word is " + secret(tenant, random) + ". What is the code word?")
                        .put("conversation_id", conversation)
                        .toString());
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    private static String secret(Tenant tenant, Random random) {
        String secret = tenant.name + Long.toString(random.nextLong(1L << 40), 36) + "zq";
        tenant.secrets.add(secret);
        return secret;
    }

    /** Everything that {@code tenant} can read of its own. */
    private List<String> everything(String base, Tenant tenant) {
        var all = new ArrayList<String>();
        for (String conversation : NAMES) {
            var export = send(base, "GET /v1/conversations/" + encoded(conversation) + "/export", tenant.key, "");
            assertThat(export.status()).isEqualTo(200);
            assertThat(tenant.secrets).anyMatch(export.body()::contains);
            all.add(export.body());
        }
        all.add(send(base, "GET /v1/conversations?limit=200", tenant.key, "").body());
        var facts = send(base, "POST /v1/facts/query", tenant.key, "{\"history\":true}");
        assertThat(tenant.secrets).anyMatch(facts.body()::contains);
        all.add(facts.body());
        var documents = send(base, "GET /v1/vision/documents?limit=200", tenant.key, "");
        assertThat(tenant.secrets).anyMatch(documents.body()::contains);
        all.add(documents.body());
        var found = send(base, "POST /v1/vision/search", tenant.key, "{\"query\":\"code word\",\"top_k\":50}");
        assertThat(found.body()).contains(tenant.documents.getFirst());
        all.add(found.body());
        return all;
    }

    /** One call of {@code thief} that tries to reach what is {@code owner}'s. */
    private void attack(String base, Tenant thief, Tenant owner, Random random, Set<String> reached)
            throws IOException {
        var calls = calls();
        String call = calls.get(random.nextInt(calls.size()));
        String conversation = NAMES.get(random.nextInt(NAMES.size()));
        String secret = owner.secrets.get(random.nextInt(owner.secrets.size()));
        String anchor = owner.anchors.get(random.nextInt(owner.anchors.size()));
        String fact = owner.facts.get(random.nextInt(owner.facts.size()));
        String id = call.contains("/facts/") ? fact : named(call, conversation, owner);
        String line = call.replace("{id}", encoded(id)).replace("{anchor}", encoded(anchor));
        var words = new ArrayList<>(List.of("namespace=default", "limit=50", "after=0"));
        String query = random.nextBoolean() ? "?" + String.join("&", words) : "";
        var reply = send(base, line + query, thief.key, body(call, conversation, secret, thief, owner, random));
        String told = reply.body().replace(secret, ""); // what the thief brought itself may be quoted back
        assertThat(owner.secrets).as(call + " " + reply.body()).noneMatch(told::contains);
        assertThat(owner.anchors).noneMatch(each -> !each.equals(anchor) && told.contains(each));
        assertThat(owner.facts).noneMatch(each -> !each.equals(fact) && told.contains(each));
        assertThat(call.contains("/facts/{id}") && reply.status() != 404).isFalse();
        if (!call.endsWith(ROLL_UPS)) { // which are everybody's together, for whoever looks after the server
            assertThat(told).doesNotContain("\"" + owner.name + "\"");
        }
        assertThat(owner.documents)
                .as(call + " " + reply.body())
                .allMatch(each -> reply.status() == 404 || notTold(call, told, each));
        assertThat(reply.status() < 500 || reply.body().contains("embedder_unavailable"))
                .as(call + " " + reply.body())
                .isTrue();
        reached.add(call);
        if (call.startsWith("DELETE") && reply.status() == 200) {
            live(base, thief, random); // it was its own that it erased
        }
    }

    /** What the path of a call names: something of the owner's. */
    private static String named(String call, String conversation, Tenant owner) {
        return call.contains("/vision/documents/")
                ? owner.documents.getFirst()
                : call.contains("/vision/index/jobs/") ? owner.jobs.getFirst() : conversation;
    }

    /** Whether an answer says nothing of a document, but for the ids that the thief brought itself. */
    private static boolean notTold(String call, String told, String document) {
        return call.endsWith("/vision/decode") ? told.contains("region_not_found") : !told.contains(document);
    }

    private static String body(
            String call, String conversation, String secret, Tenant thief, Tenant owner, Random random) {
        var about = object().put("conversation_id", conversation).put("user", "anna");
        // Half of the histories are the owner's, word for word, and so are half of the requests that may be cached.
        boolean known = random.nextBoolean();
        String text = "The code word is " + (known ? secret : "a guess") + ". What is the code word?";
        return switch (call.substring(call.indexOf(' ') + 1)) {
            case "/v1/chat/completions", "/v1/context" -> {
                var chat = chat("What is the code word?");
                if (known) {
                    chat.withArray("messages").insert(0, message("assistant", "It is noted."));
                    chat.withArray("messages").insert(0, message("user", text));
                } else {
                    chat.setAll(about);
                }
                yield (random.nextBoolean() ? chat(text) : chat).toString();
            }
            case "/v1/route" -> chat(text).toString();
            case "/v1/memory/add" -> {
                about.putArray("messages").add(message("user", "Thief's own words of " + thief.name));
                yield about.toString();
            }
            case "/v1/memory/query" ->
                about.put("query", "code word " + secret).put("top_k", 50).toString();
            case "/v1/facts" -> fact(conversation, "a guess of " + thief.name).toString();
            case "/v1/facts/query" ->
                object().put("text", "code word " + secret).put("history", true).toString();
            case "/v1/tokens" ->
                object().put("model", "gpt-4o").put("text", text).toString();
            case "/v1/vision/index" ->
                object().put("media_type", "text/markdown")
                        .put("document", base64("Thief's own words of " + thief.name))
                        .toString();
            case "/v1/vision/search" -> {
                var search = object().put("query", "code word " + secret).put("top_k", 50);
                if (random.nextBoolean()) {
                    search.putObject("filters").put("doc_id", owner.documents.getFirst());
                }
                yield search.toString();
            }
            case "/v1/vision/decode" -> {
                var decode = object().put("fidelity", "1x");
                decode.putArray("region_ids")
                        .add(owner.documents.getFirst() + "_p1_r0")
                        .add(owner.documents.getFirst() + "_p1_r1");
                yield decode.toString();
            }
            case "/v1/embeddings" ->
                object().put("model", "local").put("input", text).toString();
            case "/v1/commands", "/v1/commands/validate" ->
                object().put("command", "grep -r '" + secret + "' .").toString();
            default -> object().put("text", "Remember the thief").toString();
        };
    }

    private static ObjectNode chat(String text) {
        var chat = object().put("model", "auto");
        chat.putArray("messages").add(message("user", text));
        return chat;
    }

    private static ObjectNode message(String role, String text) {
        return object().put("role", role).put("content", text);
    }

    private static ObjectNode object() {
        return JSON.createObjectNode();
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Reply send(String base, String line, String key, String body) {
        String[] parts = line.split(" ", 2);
        var request = HttpRequest.newBuilder(URI.create(base + parts[1]))
                .method(
                        parts[0],
                        body.isEmpty() || !parts[0].equals("POST")
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(line, e);
        }
    }
}
