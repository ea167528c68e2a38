package io.perpetua.application.cache;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Scope;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CacheKeyTest {

    private static final Scope SCOPE = new Scope("local", "default");
    private static final CacheKey KEY = CacheKey.of(SCOPE, "auto", "{}", List.of(user("a"), assistant("b")));

    @Test
    void of_same_isEqual() {
        assertThat(CacheKey.of(SCOPE, "auto", "{}", List.of(user("a"), assistant("b"))))
                .isEqualTo(KEY);
        assertThat(KEY.hex()).matches("[0-9a-f]{64}");
    }

    @Test
    void of_anythingElse_differs() {
        assertThat(Stream.of(
                                KEY,
                                key(new Scope("other", "default"), "auto", "{}", user("a"), assistant("b")),
                                key(new Scope("local", "other"), "auto", "{}", user("a"), assistant("b")),
                                key(SCOPE, "openai/auto", "{}", user("a"), assistant("b")),
                                key(SCOPE, "auto", "{\"seed\":1}", user("a"), assistant("b")),
                                key(SCOPE, "auto", "{}", assistant("b"), user("a")),
                                key(SCOPE, "auto", "{}", user("a"), user("b")),
                                key(SCOPE, "auto", "{}", user("a")),
                                key(SCOPE, "auto", "{}", user("a"), assistant("b"), user("")))
                        .distinct())
                .hasSize(9);
    }

    @Test
    void of_fieldsThatRunTogether_differ() {
        assertThat(key(new Scope("ab", "c"), "d", "e")).isNotEqualTo(key(new Scope("a", "bc"), "d", "e"));
        assertThat(key(SCOPE, "ab", "c")).isNotEqualTo(key(SCOPE, "a", "bc"));
    }

    private static CacheKey key(Scope scope, String model, String parameters, Message... messages) {
        return CacheKey.of(scope, model, parameters, List.of(messages));
    }
}
