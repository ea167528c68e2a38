package io.perpetua.application.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.routing.ChatProvider.ProviderRequest;
import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.application.routing.ProviderReply.Event;
import io.perpetua.application.routing.ProviderReply.Kind;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** What every provider must do that has something to answer. */
public abstract class ChatProviderContract {

    private static final Message QUESTION = new Message(
            Role.USER, "Hello?", null, List.of(), null, List.of(), "{\"role\":\"user\",\"content\":\"Hello?\"}");

    /** A provider that answers any request with a text. */
    protected abstract ChatProvider provider();

    private ProviderReply ask(boolean stream) {
        var provider = provider();
        return provider.ask(new ProviderRequest(provider.models().getFirst().name(), List.of(QUESTION), "{}", stream));
    }

    private static List<Event> all(ProviderReply reply) {
        var events = new ArrayList<Event>();
        try (reply) {
            while (events.isEmpty() || !(events.getLast() instanceof Event.Done)) {
                var event = reply.next(Duration.ofSeconds(20));
                if (event == null) {
                    throw new AssertionError("nothing came within 20 s");
                }
                events.add(event);
            }
        }
        return events;
    }

    private static Answer answer(Event event) {
        return ((Event.Done) event).answer();
    }

    @Test
    void models_areOfTheProvider() {
        assertThat(provider().models())
                .isNotEmpty()
                .allSatisfy(model ->
                        assertThat(model.provider()).isEqualTo(provider().name()));
    }

    @Test
    void ask_whole_isOneEventWithTheCompletion() {
        var events = all(ask(false));

        assertThat(events).hasSize(1);
        var answer = answer(events.getFirst());
        assertThat(answer.body()).contains("chat.completion").contains("choices");
        assertThat(answer.message().role()).isEqualTo(Role.ASSISTANT);
        assertThat(answer.message().text()).isNotBlank();
        assertThat(answer.finishReason()).isEqualTo("stop");
        assertThat(answer.usage()).isNotNull();
    }

    @Test
    void ask_stream_isChunksInOrderAndThenTheAnswer() {
        var events = all(ask(true));

        var kinds = new ArrayList<Kind>();
        for (var event : events.subList(0, events.size() - 1)) {
            kinds.add(((Event.Chunk) event).kind());
        }
        assertThat(kinds).isSorted().contains(Kind.CONTENT, Kind.USAGE).containsOnlyOnce(Kind.FINISH);
        assertThat(answer(events.getLast()).body()).isNull();
        assertThat(answer(events.getLast()).message().text()).isNotBlank();
    }

    @Test
    void ask_eitherWay_answersTheSame() {
        assertThat(answer(all(ask(true)).getLast()).message())
                .isEqualTo(answer(all(ask(false)).getLast()).message());
    }

    @Test
    void next_afterTheEnd_isAMistake() {
        var reply = ask(true);
        all(reply);

        assertThatThrownBy(() -> reply.next(Duration.ZERO)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void next_afterClosing_isCancelled() {
        var reply = ask(true);
        reply.close();
        reply.close();

        assertThatThrownBy(() -> reply.next(Duration.ZERO)).isInstanceOf(CancellationException.class);
    }
}
