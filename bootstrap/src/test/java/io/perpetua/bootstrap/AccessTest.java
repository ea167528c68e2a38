package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.application.access.ApiKeys;
import io.perpetua.application.access.ManageKeys;
import io.perpetua.domain.access.AllowedModels;
import io.perpetua.domain.access.ApiKey.Access;
import io.perpetua.domain.access.Budget;
import io.perpetua.domain.access.Budget.Period;
import io.perpetua.domain.access.KeyText;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.access.Rates;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys, limits and budgets of the whole server, over its real store. */
@Timeout(120)
class AccessTest {

    private static final Map<String, Object> SETTINGS = Map.of("perpetua.embedder", "none");
    private static final Map<String, Object> EVERYWHERE = with("perpetua.host", "0.0.0.0");

    private final HttpClient client = HttpClient.newHttpClient();

    private static Map<String, Object> with(String key, Object value) {
        var all = new HashMap<>(SETTINGS);
        all.put(key, value);
        return all;
    }

    private static KeyText key(RunningServer server, Rates rates, Budget budget) {
        return new ManageKeys(server.bean(ApiKeys.class), new SecureRandom(), InstantSource.system())
                .create("test", new Access("acme", Set.of(Permission.CHAT), AllowedModels.ALL, rates, budget), null);
    }

    private static KeyText key(RunningServer server) {
        return new ManageKeys(server.bean(ApiKeys.class), new SecureRandom(), InstantSource.system())
                .create(
                        "test",
                        new Access("acme", Set.of(Permission.CHAT), AllowedModels.ALL, Rates.UNLIMITED, null),
                        null);
    }

    private int chat(RunningServer server, String key, String user) throws IOException, InterruptedException {
        ObjectNode body = Http.JSON.createObjectNode().put("model", "auto").put("user", user);
        body.putArray("messages").addObject().put("role", "user").put("content", "Hello");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return client.send(request.build(), BodyHandlers.ofString()).statusCode();
    }

    @Test
    void start_whereOthersCanCall_isRefusedWithoutAKey(@TempDir Path data) throws Exception {
        assertThatExceptionOfType(Complaint.class)
                .isThrownBy(() -> new RunningServer(data, EVERYWHERE))
                .withMessageContaining("0.0.0.0")
                .withMessageContaining("./perpetua keys create");
        String key;
        try (var local = new RunningServer(data, SETTINGS)) {
            key = key(local).reveal();
        }
        try (var server = new RunningServer(data, EVERYWHERE)) {
            assertThat(chat(server, "", "anna")).isEqualTo(401);
            assertThat(chat(server, key, "anna")).isEqualTo(200);
        }
    }

    @Test
    void start_whereOthersCanCall_isRefusedWhenTheOnlyKeyIsRevoked(@TempDir Path data) {
        try (var local = new RunningServer(data, SETTINGS)) {
            local.bean(ApiKeys.class)
                    .revoke(key(local).id(), InstantSource.system().instant());
        }
        assertThatExceptionOfType(Complaint.class).isThrownBy(() -> new RunningServer(data, EVERYWHERE));
    }

    @Test
    void start_withoutKeysByWillWhereOthersCanCall_isAMistake(@TempDir Path data) {
        var settings = new HashMap<>(EVERYWHERE);
        settings.put("perpetua.access.keys-required", false);
        assertThatExceptionOfType(Complaint.class)
                .isThrownBy(() -> new RunningServer(data, settings))
                .withMessageContaining("keys_required");
    }

    @Test
    void limits_ofManyUsersAtOnce_areExact(@TempDir Path data) throws Exception {
        try (var server = new RunningServer(data, with("perpetua.limits.user.requests-per-minute", 4))) {
            var statuses = new HashMap<String, List<Integer>>();
            List<Callable<Map.Entry<String, Integer>>> calls = new ArrayList<>();
            IntStream.range(0, 20 * 7)
                    .mapToObj(i -> "user" + i % 20)
                    .forEach(user -> calls.add(() -> Map.entry(user, chat(server, "", user))));
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var each : threads.invokeAll(calls)) {
                    statuses.computeIfAbsent(each.get().getKey(), user -> new ArrayList<>())
                            .add(each.get().getValue());
                }
            }
            assertThat(statuses).hasSize(20);
            assertThat(statuses.values()).allSatisfy(each -> {
                assertThat(each).hasSize(7).containsOnly(200, 429);
                assertThat(each).filteredOn(status -> status == 200).hasSize(4);
            });
        }
    }

    @Test
    void limits_afterARestart_stillCount(@TempDir Path data) throws Exception {
        String key;
        try (var server = new RunningServer(data, SETTINGS)) {
            key = key(server, new Rates(null, 2L, null, null), Budget.of(BigDecimal.ONE, Period.TOTAL))
                    .reveal();
            assertThat(chat(server, key, "anna")).isEqualTo(200);
        }
        try (var server = new RunningServer(data, SETTINGS)) {
            assertThat(chat(server, key, "anna")).isEqualTo(200);
            assertThat(chat(server, key, "anna")).isEqualTo(429);
        }
    }
}
