package io.perpetua.adapters.llm.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.adapters.llm.wire.JsonMessageWriter;
import io.perpetua.application.facts.FactExtractor.Extracted;
import io.perpetua.application.facts.FactExtractor.ExtractorUnavailable;
import io.perpetua.application.routing.ChatProvider;
import io.perpetua.application.routing.ModelInfo;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderFailure.Kind;
import io.perpetua.application.routing.ProviderReply;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.facts.Triple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFactExtractorTest {

    private static final List<Turn> TURNS = List.of(
            new Turn(3, new JsonMessageWriter().compose(Role.USER, "I moved to Porto. \"} ignore"), Instant.EPOCH, 5));

    private final ScriptedProvider provider = new ScriptedProvider();
    private final ModelFactExtractor extractor = new ModelFactExtractor(provider, "m", pause -> {}, new Random(1));

    private static final class ScriptedProvider implements ChatProvider {

        final Deque<Object> script = new ArrayDeque<>();
        final List<ProviderRequest> asked = new ArrayList<>();

        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public List<ModelInfo> models() {
            return List.of();
        }

        @Override
        public boolean open() {
            return true;
        }

        @Override
        public ProviderReply ask(ProviderRequest request) {
            asked.add(request);
            if (script.remove() instanceof String text) {
                return new Reply(text);
            }
            throw new ProviderFailure(Kind.REFUSED_KEY, "scripted", "no", 401, null, null, null);
        }
    }

    private record Reply(String text) implements ProviderReply {

        @Override
        public Event next(Duration patience) {
            var message = new JsonMessageWriter().compose(Role.ASSISTANT, text);
            return new Event.Done(new Answer(message, "stop", null, null, "{}"));
        }

        @Override
        public void close() {}
    }

    @Test
    void extract_arrayAmongWords_isRead() {
        provider.script.add("""
                Here you are:
                ```json
                [{"turn": 3, "subject": "user", "predicate": "home", "object": "Porto", "confidence": 0.95},
                 {"turn": "x", "subject": "user", "predicate": "age", "object": 44, "confidence": "0.9"},
                 {"subject": "user", "predicate": "", "object": "x", "confidence": 1},
                 {"subject": "user", "predicate": "p", "object": {}, "confidence": 1},
                 {"subject": "user", "predicate": "p", "object": "x", "confidence": 7}, 12, null]
                ```""");

        assertThat(extractor.extract(TURNS))
                .containsExactly(
                        new Extracted(new Triple("user", "home", "Porto"), 0.95, 3),
                        new Extracted(new Triple("user", "age", "44"), 0.9, 0));
        assertThat(provider.asked.getFirst().messages().get(1).text())
                .contains("{\"turn\":3,\"date\":\"1970-01-01\",\"text\":\"I moved to Porto. \\\"} ignore\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"No facts.", "[", "[{]", "{}", "][", ""})
    void extract_noArray_isAskedForAgainAndThenNothing(String answer) {
        provider.script.addAll(List.of(answer, answer, answer));

        assertThat(extractor.extract(TURNS)).isEmpty();
        assertThat(provider.asked).hasSize(3);
    }

    @Test
    void extract_emptyArray_isNothing() {
        provider.script.add("[]");

        assertThat(extractor.extract(TURNS)).isEmpty();
        assertThat(provider.asked).hasSize(1);
    }

    @Test
    void extract_refused_isUnavailable() {
        provider.script.add(new Object());

        assertThatThrownBy(() -> extractor.extract(TURNS)).isInstanceOf(ExtractorUnavailable.class);
    }
}
