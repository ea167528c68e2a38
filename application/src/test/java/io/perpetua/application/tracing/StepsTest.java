package io.perpetua.application.tracing;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.World;
import io.perpetua.application.cache.CacheUse;
import io.perpetua.application.chat.Cancellation;
import io.perpetua.application.chat.ChatAnswer;
import io.perpetua.application.chat.ChatAnswer.Streamed;
import io.perpetua.application.chat.ChatFailed;
import io.perpetua.application.chat.ChatRequest;
import io.perpetua.application.chat.MemoryOptions;
import io.perpetua.application.chat.Sender;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderFailure.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a turn consists of, for whoever follows it. */
class StepsTest {

    private final World world = new World();

    @Test
    void steps_answeredTurn_areItsPartsInOrder() {
        world.provider.reply().whole(assistant("1"), null);
        complete(false);

        assertThat(world.steps.steps()).containsExactly("admission", "context", "store", "store/create_memory");
    }

    @Test
    void steps_longConversation_hasItsSearchWithinTheContext() {
        for (int i = 0; i < 40; i++) {
            world.say("c", user("question " + i + " word".repeat(200)), assistant("answer " + i));
        }
        int before = world.steps.steps().size();
        world.provider.reply().whole(assistant("1"), null);
        complete(false);

        assertThat(world.steps.steps().subList(before, world.steps.steps().size()))
                .containsExactly("admission", "context", "context/search_memory", "store", "store/create_memory");
    }

    @Test
    void steps_stream_isStoredWhenItHasEnded() {
        world.provider.reply().content("1").finish("f").done(assistant("1"), null);
        var stream = ((Streamed) complete(true)).stream();
        stream.next(Duration.ZERO);
        assertThat(world.steps.steps()).containsExactly("admission", "context");
        stream.next(Duration.ZERO);
        stream.close();

        assertThat(world.steps.steps()).endsWith("store", "store/create_memory");
    }

    @Test
    void steps_nobodyAnswers_keepTheQuestion() {
        world.provider.refuse(new ProviderFailure(Kind.BAD_REQUEST, "fake", "no", 0, null, null, null));
        assertThatThrownBy(() -> complete(false)).isInstanceOf(ChatFailed.class);

        assertThat(world.steps.steps()).containsExactly("admission", "context", "store", "store/create_memory");
    }

    private ChatAnswer complete(boolean stream) {
        return world.chat.complete(
                new ChatRequest(
                        Sender.LOCAL,
                        "c",
                        "fake/small",
                        List.of(user("hello")),
                        "{}",
                        1,
                        null,
                        stream,
                        false,
                        MemoryOptions.DEFAULT,
                        CacheUse.NONE),
                new Cancellation());
    }
}
