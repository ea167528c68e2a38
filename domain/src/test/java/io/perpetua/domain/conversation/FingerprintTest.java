package io.perpetua.domain.conversation;

import static io.perpetua.domain.conversation.Said.assistant;
import static io.perpetua.domain.conversation.Said.calls;
import static io.perpetua.domain.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    private static final Scope SCOPE = new Scope("local", "default");
    private static final Fingerprint ROOT = Fingerprint.root(SCOPE, null);

    @Test
    void then_sameMessages_isTheSame() {
        assertThat(ROOT.then(user("hello")).then(assistant("hi")))
                .isEqualTo(ROOT.then(user(" hello\n")).then(assistant("hi")));
    }

    @Test
    void then_anythingThatWasSaidDifferently_differs() {
        var one = ROOT.then(user("hello"));
        assertThat(one).isNotEqualTo(ROOT.then(user("Hello")));
        assertThat(one).isNotEqualTo(ROOT.then(assistant("hello")));
        assertThat(one).isNotEqualTo(ROOT);
        assertThat(ROOT.then(calls("f"))).isNotEqualTo(ROOT.then(calls("g")));
        assertThat(ROOT.then(user("a")).then(user("b"))).isNotEqualTo(ROOT.then(user("ab")));
    }

    @Test
    void then_image_counts() {
        var media = List.of(new Message.Media("image_url", "https://example.org/cat.png", 85));
        var withImage = new Message(Role.USER, "hello", null, List.of(), null, media, "");
        assertThat(ROOT.then(withImage)).isNotEqualTo(ROOT.then(user("hello")));
    }

    @Test
    void root_scopeAndUser_separate() {
        assertThat(Fingerprint.root(SCOPE, "ada")).isNotEqualTo(ROOT);
        assertThat(Fingerprint.root(new Scope("local", "other"), null)).isNotEqualTo(ROOT);
        assertThat(Fingerprint.root(new Scope("a", "bc"), null))
                .isNotEqualTo(Fingerprint.root(new Scope("ab", "c"), null));
    }

    @Test
    void of_storedBytes_comesBack() {
        var stored = ROOT.then(user("hello"));
        assertThat(Fingerprint.of(stored.bytes())).isEqualTo(stored).hasSameHashCodeAs(stored);
    }
}
