package io.perpetua.application.chat;

import static io.perpetua.application.World.request;
import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.calls;
import static io.perpetua.application.conversation.Said.report;
import static io.perpetua.application.conversation.Said.system;
import static io.perpetua.application.conversation.Said.user;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.World;
import io.perpetua.application.cache.CacheUse;
import io.perpetua.application.chat.ChatAnswer.Piece;
import io.perpetua.application.chat.ChatAnswer.Streamed;
import io.perpetua.application.chat.ChatAnswer.Whole;
import io.perpetua.application.chat.TurnReport.Attempt;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.mode.Mode;
import io.perpetua.domain.mode.Strategy;
import io.perpetua.domain.usage.Usage;
import io.perpetua.domain.usage.Usage.Source;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chat requests that are answered in one piece. */
class CompleteChatTest {

    private static final Usage USED = new Usage(10, 4, 0, 5, 0, Source.PROVIDER);
    private static final MemoryOptions OFF = new MemoryOptions(false, null, Strategy.CHAT, null, null, null);

    private final World world = new World();

    @Test
    void complete_firstMessage_isAnsweredAndStored() {
        var answer = whole("hi", request(system("Be brief."), user("hello")));

        assertThat(answer.body()).isEqualTo(assistant("hi").wire());
        String id = requireNonNull(answer.report().conversationId());
        assertThat(world.texts(id)).containsExactly("hello", "hi");
        assertThat(answer.report().turn()).isEqualTo(2);
        assertThat(answer.report().mode()).isEqualTo(Mode.FULL);
        assertThat(world.provider.asked().getFirst().messages()).containsExactly(system("Be brief."), user("hello"));
    }

    @Test
    void complete_historySentAgain_goesOnWhateverTheSystemMessagesSay() {
        var first = whole("a1", request(system("one"), user("u1")));
        var second = whole("a2", request(system("two"), user("u1"), assistant("a1"), user("u2")));

        assertThat(second.report().conversationId()).isEqualTo(first.report().conversationId());
        assertThat(second.report().turn()).isEqualTo(4);
        assertThat(second.report().forkedFrom()).isNull();
    }

    @Test
    void complete_edit_reportsWhatItWasForkedFrom() {
        var first = whole("a1", request(user("u1")));
        whole("a2", request(user("u1"), assistant("a1"), user("u2")));
        var fork = whole("b2", request(user("u1"), assistant("a1"), user("edited")));
        var on = whole("b3", request(user("u1"), assistant("a1"), user("edited"), assistant("b2"), user("u3")));

        assertThat(fork.report().forkedFrom()).isEqualTo(first.report().conversationId());
        assertThat(fork.report().turn()).isEqualTo(4);
        assertThat(on.report().conversationId()).isEqualTo(fork.report().conversationId());
        assertThat(on.report().forkedFrom()).isEqualTo(first.report().conversationId());
    }

    @Test
    void complete_longUnknownHistory_isStoredUpToTheOpenExchange() {
        var history = IntStream.rangeClosed(1, 20)
                .boxed()
                .flatMap(i -> Stream.of(user("question " + i), assistant("answer " + i)))
                .toList();
        var sent = Stream.concat(
                        history.stream(), Stream.of(user("weather?"), calls("weather"), report("weather", "12 mm")))
                .toArray(Message[]::new);
        world.provider.refuse(failure());

        assertThatThrownBy(() -> world.chat.complete(request("c", false, sent), new Cancellation()))
                .isInstanceOf(ChatFailed.class);
        assertThat(world.turns("c")).hasSize(43);

        whole("rain", request("c", false, sent));

        assertThat(world.turns("c")).hasSize(44);
        assertThat(world.texts("c")).endsWith("weather?", "", "12 mm", "rain");
    }

    @Test
    void complete_unknownHistoryWhileTheIndexIsDown_isAnsweredAllTheSame() {
        world.turnIndex.goAway();

        var answer = whole("a3", request(user("u1"), assistant("a1"), user("u2")));

        assertThat(answer.report().turn()).isEqualTo(4);
    }

    @Test
    void complete_withoutMemory_storesAndAddsNothing() {
        var sent = new ChatRequest(
                Sender.LOCAL,
                "c",
                "fake/small",
                List.of(system("s"), user("u")),
                "{}",
                1,
                null,
                false,
                false,
                OFF,
                CacheUse.READ_AND_KEEP);

        var answer = whole("a", sent);

        assertThat(world.conversations()).isEmpty();
        assertThat(answer.report().conversationId()).isNull();
        assertThat(answer.report().turn()).isZero();
        assertThat(answer.report().tokens().saved()).isZero();
        assertThat(world.provider.asked().getFirst().messages()).containsExactly(system("s"), user("u"));
    }

    @Test
    void complete_providersUsage_isPriced() {
        world.provider.reply().whole(assistant("hi"), USED);

        var report =
                world.chat.complete(request(user("hello")), new Cancellation()).report();

        assertThat(report.usage()).isEqualTo(USED);
        assertThat(report.costUsd()).isEqualTo(6 + 4 * 0.5 + 5 * 2);
        assertThat(report.attempts()).hasSize(1);
        assertThat(report.attempts().getFirst().outcome()).isEqualTo("ok");
        assertThat(report.provider()).isEqualTo("fake");
    }

    @Test
    void complete_noUsage_isEstimated() {
        var report = whole("one two three", request(user("hello"))).report();

        assertThat(report.usage()).isEqualTo(Usage.estimated(report.tokens().sent(), 4));
    }

    @Test
    void complete_unknownPrice_costsNull() {
        var sent = new ChatRequest(
                Sender.LOCAL,
                null,
                "unpriced",
                List.of(user("u")),
                "{}",
                1,
                null,
                false,
                false,
                MemoryOptions.DEFAULT,
                CacheUse.READ_AND_KEEP);

        assertThat(whole("a", sent).report().costUsd()).isNull();
    }

    @Test
    void complete_providerFails_keepsTheQuestionOnce() {
        world.provider.refuse(failure());
        var failed = catchThrowableOfType(
                ChatFailed.class, () -> world.chat.complete(request("c", false, user("u1")), new Cancellation()));

        assertThat(failed.failure().kind()).isEqualTo(ProviderFailure.Kind.TIMEOUT);
        assertThat(failed.report().attempts()).extracting(Attempt::outcome).containsExactly("timeout");
        assertThat(world.texts("c")).containsExactly("u1");

        whole("a1", request("c", false, user("u1")));
        assertThat(world.texts("c")).containsExactly("u1", "a1");
    }

    @Test
    void complete_replyBreaksOff_keepsTheQuestionAndClosesTheReply() {
        var reply = world.provider.reply().breakOff(failure());

        assertThatThrownBy(() -> world.chat.complete(request("c", false, user("u1")), new Cancellation()))
                .isInstanceOf(ChatFailed.class);

        assertThat(reply.closed()).isTrue();
        assertThat(world.texts("c")).containsExactly("u1");
    }

    @Test
    void complete_callerIsInterrupted_keepsTheQuestionAndClosesTheReply() {
        var reply = world.provider.reply().breakOff(new CancellationException("interrupted"));

        assertThatThrownBy(() -> world.chat.complete(request("c", false, user("u1")), new Cancellation()))
                .isInstanceOf(CancellationException.class);

        assertThat(reply.closed()).isTrue();
        assertThat(world.texts("c")).containsExactly("u1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void complete_clientLeavesMeanwhile_cancelsTheCallAndKeepsTheQuestion(boolean stream) throws Exception {
        var reply = world.provider.reply();
        var cancellation = new Cancellation();
        var serving = CompletableFuture.runAsync(
                () -> world.chat.complete(request("c", stream, user("u1")), cancellation),
                task -> Thread.ofVirtual().start(task));
        world.provider.awaitAsked();

        cancellation.cancel();

        assertThatThrownBy(serving::get).hasCauseInstanceOf(CancellationException.class);
        assertThat(reply.closed()).isTrue();
        assertThat(world.texts("c")).containsExactly("u1");
    }

    @Test
    void complete_clientHasLeftBefore_asksNobody() {
        var cancellation = new Cancellation();
        cancellation.cancel();

        assertThatThrownBy(() -> world.chat.complete(request("c", false, user("u1")), cancellation))
                .isInstanceOf(CancellationException.class);

        assertThat(world.provider.asked()).isEmpty();
        assertThat(world.texts("c")).containsExactly("u1");
    }

    @Test
    void complete_storeIsFull_saysSo() {
        world.provider.reply().whole(assistant("a"), null);
        world.record.fillUp();

        assertThatThrownBy(() -> world.chat.complete(request(user("u1")), new Cancellation()))
                .isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void complete_providerFailsAndStoreIsFull_reportsTheFailure() {
        world.provider.refuse(failure());
        world.record.fillUp();

        assertThatThrownBy(() -> world.chat.complete(request(user("u1")), new Cancellation()))
                .isInstanceOf(ChatFailed.class)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }

    @Test
    void complete_unknownModel_isRefusedBeforeAnythingIsStored() {
        var sent = new ChatRequest(
                Sender.LOCAL,
                "c",
                "nobody",
                List.of(user("u")),
                "{}",
                1,
                null,
                false,
                false,
                MemoryOptions.DEFAULT,
                CacheUse.READ_AND_KEEP);

        assertThatThrownBy(() -> world.chat.complete(sent, new Cancellation())).isInstanceOf(RequestRefused.class);
        assertThat(world.conversations()).isEmpty();
    }

    @Test
    void complete_twoAtOnce_theSecondReportsItsFork() {
        var first = whole("a1", request(user("u1")));
        var history = new Message[] {user("u1"), assistant("a1"), user("u2")};
        world.provider.reply().content("{}").finish("{}").done(assistant("right"), null);
        var slow = (Streamed) world.chat.complete(request(null, true, history), new Cancellation());
        whole("left", request(system("Turn left."), user("u1"), assistant("a1"), user("u2")));

        var late = ((Piece.Last) TurnStreamTest.all(slow.stream()).getLast()).report();

        assertThat(late.conversationId()).isNotEqualTo(first.report().conversationId());
        assertThat(late.forkedFrom()).isEqualTo(first.report().conversationId());
        assertThat(late.turn()).isEqualTo(4);
    }

    @Test
    void preview_anyRequest_isWhatWouldBeSent() {
        whole("a1", request(user("u1")));
        var sent = request(user("u1"), assistant("a1"), user("u2"));

        var preview = world.preview.preview(sent);
        whole("a2", sent);

        assertThat(preview.messages())
                .isEqualTo(world.provider.asked().getLast().messages());
        assertThat(preview.report().turn()).isEqualTo(3);
        assertThat(preview.report().usage()).isNull();
        assertThat(preview.report().attempts()).isEmpty();
    }

    private Whole whole(String answer, ChatRequest request) {
        world.provider.reply().whole(assistant(answer), null);
        return (Whole) world.chat.complete(request, new Cancellation());
    }

    private static ProviderFailure failure() {
        return new ProviderFailure(ProviderFailure.Kind.TIMEOUT, "fake", "too slow", 0, null, null, null);
    }
}
