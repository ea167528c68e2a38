package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.Waiting;
import io.perpetua.application.cache.CacheLimits;
import io.perpetua.application.cache.CacheStatus;
import io.perpetua.application.cache.CacheUse;
import io.perpetua.application.cache.Lookup;
import io.perpetua.application.cache.ReuseAnswers;
import io.perpetua.application.cache.ReuseAnswers.Asked;
import io.perpetua.application.context.MessageWriter;
import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.application.routing.ProviderReply.Event;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachingTest {

    private static final Waiting WAITING = new Waiting() {
        @Override
        public <T> T until(Supplier<T> wait) {
            return wait.get();
        }
    };

    @TempDir
    Path data;

    @Test
    void limits_nothingConfigured_areTheDefaults() {
        try (var context = Contexts.start(null, with(Map.of()))) {
            assertThat(context.getBean(CacheLimits.class)).isEqualTo(CacheLimits.DEFAULT);
        }
    }

    @Test
    void limits_configured_areThose() {
        var cache = Map.<String, Object>of(
                "perpetua.cache.ttl", "5m", "perpetua.cache.entries", "7", "perpetua.cache.megabytes", "2");
        try (var context = Contexts.start(null, with(cache))) {
            assertThat(context.getBean(CacheLimits.class))
                    .isEqualTo(new CacheLimits(Duration.ofMinutes(5), 7, 2_097_152));
        }
    }

    @Test
    void limits_thatMakeNoSense_areAComplaint() {
        assertThatThrownBy(() -> Contexts.start(null, with(Map.of("perpetua.cache.entries", "0")))
                        .close())
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("perpetua.cache.entries: expected a whole number of answers from 1, found '0'");
    }

    @Test
    void reuseAnswers_afterARestart_givesTheSameAnswerAgain() {
        try (var context = Contexts.start(null, with(Map.of()))) {
            var hello = context.getBean(MessageWriter.class).compose(Role.ASSISTANT, "Hello there.");
            var ask = (Lookup.Ask) look(context.getBean(ReuseAnswers.class));
            ask.flight().keep(new Answer(hello, "stop", null, "model", null), "provider", "model", null);
        }
        try (var context = Contexts.start(null, with(Map.of()))) {
            var answers = context.getBean(ReuseAnswers.class);
            var hit = (Lookup.Hit) look(answers);
            assertThat(answers.replay(hit.answer(), false).next(Duration.ZERO))
                    .isInstanceOfSatisfying(
                            Event.Done.class,
                            done -> assertThat(done.answer().message().text()).isEqualTo("Hello there."));
        }
    }

    @Test
    void reuseAnswers_switchedOff_bypassesTheCache() {
        try (var context = Contexts.start(null, with(Map.of("perpetua.cache.enabled", "false")))) {
            var ask = (Lookup.Ask) look(context.getBean(ReuseAnswers.class));
            assertThat(ask.flight().status()).isEqualTo(CacheStatus.BYPASS);
        }
    }

    private static Lookup look(ReuseAnswers answers) {
        var asked = new Asked(new Scope("local", "default"), "auto", "{\"temperature\":0}", List.of());
        return answers.look(asked, CacheUse.READ_AND_KEEP, WAITING);
    }

    private Map<String, Object> with(Map<String, Object> cache) {
        var all = new HashMap<>(cache);
        all.put("perpetua.data", data.toString());
        all.put("perpetua.embedder", "none");
        return all;
    }
}
