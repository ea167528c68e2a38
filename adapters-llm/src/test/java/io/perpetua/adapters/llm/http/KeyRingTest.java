package io.perpetua.adapters.llm.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.adapters.llm.openai.OpenAiDialect;
import io.perpetua.adapters.llm.openai.Quirks;
import io.perpetua.application.routing.ChatProvider.ProviderRequest;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderFailure.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider with several keys in front of an upstream that does not like all of them. */
class KeyRingTest {

    private static final String ANSWER = """
            {"choices":[{"index":0,"message":{"role":"assistant","content":"Hi."},"finish_reason":"stop"}]}""";

    /** What the upstream answers to a key, 200 unless said otherwise. */
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();

    private Instant now = Instant.EPOCH;

    @SuppressWarnings("NullAway.Init") // made before each test
    private ScriptedUpstream upstream;

    @SuppressWarnings("NullAway.Init") // made before each test
    private HttpProvider provider;

    @BeforeEach
    void start() throws IOException {
        upstream = new ScriptedUpstream(http -> {
            int status = answers.getOrDefault(key(http.asked()), 200);
            String body = status == 200 ? ANSWER : "{\"error\":{\"message\":\"no " + key(http.asked()) + "\"}}";
            http.respond(status, "application/json", body, "retry-after: 60");
        });
        provider = provider("key-a", "key-b", "key-c");
    }

    private HttpProvider provider(String... keys) {
        var settings = new ProviderSettings("test", upstream.baseUrl(), List.of(keys), List.of(), Timeouts.DEFAULT);
        return new HttpProvider(settings, new OpenAiDialect(Quirks.NONE), () -> now);
    }

    @AfterEach
    void stop() throws IOException {
        provider.close();
        upstream.close();
    }

    private static String key(ScriptedUpstream.Asked asked) {
        int start = asked.head().indexOf("bearer ") + "bearer ".length();
        return asked.head().substring(start, asked.head().indexOf("\r\n", start));
    }

    private void ask() {
        DialectTest.all(provider.ask(new ProviderRequest("m", List.of(), "{}", false)));
    }

    private ProviderFailure failure() {
        return DialectTest.failure(this::ask);
    }

    /** The keys that were used since this was last asked. */
    private List<String> used() {
        var keys = new ArrayList<String>();
        upstream.asked.forEach(asked -> keys.add(key(asked)));
        upstream.asked.clear();
        return keys;
    }

    @Test
    void ask_severalKeys_takeTurns() {
        for (int i = 0; i < 4; i++) {
            ask();
        }

        assertThat(used()).containsExactly("key-a", "key-b", "key-c", "key-a");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429})
    void ask_keyRefusedOrLimited_isAskedAgainWithTheNextAndSetAside(int status) {
        answers.put("key-a", status);

        ask();
        ask();
        ask();

        assertThat(used()).containsExactly("key-a", "key-b", "key-c", "key-b");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 500})
    void ask_failureThatIsNotTheKeys_isTheAnswer(int status) {
        answers.put("key-a", status);

        failure();

        assertThat(used()).containsExactly("key-a");
    }

    @Test
    void ask_limitOver_usesTheKeyAgain() {
        answers.put("key-a", 429);
        ask();
        answers.clear();
        now = now.plus(Duration.ofSeconds(61));
        used();

        ask();
        ask();

        assertThat(used()).containsExactly("key-c", "key-a");
    }

    @Test
    void ask_everyKeyRefused_failsOnceAllWereTried() {
        answers.putAll(Map.of("key-a", 429, "key-b", 401, "key-c", 429));

        assertThat(failure().kind()).isEqualTo(Kind.RATE_LIMITED);

        assertThat(used()).containsExactly("key-a", "key-b", "key-c");
    }

    @Test
    void ask_everyKeyAside_triesTheOneThatComesBackFirst() {
        answers.putAll(Map.of("key-a", 401, "key-b", 429, "key-c", 401));
        failure();
        used();

        failure();

        assertThat(used()).containsExactly("key-b");
    }

    @Test
    void ask_oneKeyLimitedAndTheOthersRefused_isNoMoreThanALimit() {
        answers.putAll(Map.of("key-a", 401, "key-b", 429, "key-c", 401));

        var failure = failure();

        assertThat(failure.kind()).isEqualTo(ProviderFailure.Kind.RATE_LIMITED);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void ask_onlyKeyRefused_isUsedForTheNextCallAllTheSame() {
        provider.close();
        provider = provider("key-a");
        answers.put("key-a", 401);

        failure();
        failure();

        assertThat(used()).containsExactly("key-a", "key-a");
    }

    @Test
    void failure_quotingAKey_doesNotRepeatIt() {
        answers.putAll(Map.of("key-a", 401, "key-b", 401, "key-c", 401));

        var failure = failure();

        assertThat(failure).hasMessage("test answered 401: no [key]");
        assertThat(failure.body()).doesNotContain("key-");
    }
}
