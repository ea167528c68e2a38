package io.perpetua.application.chat;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.system;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.World;
import io.perpetua.application.cache.CacheStatus;
import io.perpetua.application.cache.CacheUse;
import io.perpetua.application.chat.ChatAnswer.Piece;
import io.perpetua.application.chat.ChatAnswer.Streamed;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderFailure.Kind;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.mode.Strategy;
import io.perpetua.domain.usage.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReuseTest {

    private final World world = new World();

    @Test
    void complete_sameRequestInAnotherConversation_isAnsweredAgainForNothing() {
        world.provider.reply().whole(assistant("Hi."), Usage.estimated(10, 5));
        var first = whole("a", user("hello"));
        var second = whole("b", user("hello"));

        assertThat(first.cache()).isEqualTo(CacheStatus.MISS);
        assertThat(second.cache()).isEqualTo(CacheStatus.HIT);
        assertThat(second.attempts()).isEmpty();
        assertThat(second.provider()).isEqualTo("fake");
        assertThat(second.model()).isEqualTo("small");
        assertThat(second.usage()).isEqualTo(Usage.NONE);
        assertThat(second.costUsd()).isEqualTo(0.0);
        assertThat(world.provider.asked()).hasSize(1);
        assertThat(world.calls).as("nothing is learnt from a hit").hasSize(1);
        assertThat(world.texts("b")).containsExactly("hello", "Hi.");
    }

    @Test
    void complete_otherInstructions_areAskedAgain() {
        world.provider.reply().whole(assistant("Hi."), null);
        world.provider.reply().whole(assistant("Ho."), null);
        whole("a", system("Be brief."), user("hello"));
        assertThat(whole("b", system("Be long."), user("hello")).cache()).isEqualTo(CacheStatus.MISS);
    }

    @Test
    void complete_clientWantsNoCache_bypassesIt() {
        world.provider.reply().whole(assistant("Hi."), null);
        world.provider.reply().whole(assistant("Ho."), null);
        assertThat(complete(request("a", false, CacheUse.NONE)).cache()).isEqualTo(CacheStatus.BYPASS);
        assertThat(whole("b", user("hello")).cache()).as("nothing was kept").isEqualTo(CacheStatus.MISS);
    }

    @Test
    void complete_answerWasStreamed_isGivenAgainWhole() {
        world.provider.reply().content("{}").finish("{}").done(assistant("Hi."), null);
        pieces("a");
        assertThat(whole("b", user("hello")).cache()).isEqualTo(CacheStatus.HIT);
    }

    @Test
    void complete_answerWasWhole_isGivenAgainAsAStream() {
        world.provider.reply().whole(assistant("Hi."), null);
        whole("a", user("hello"));

        var pieces = pieces("b");

        assertThat(pieces).hasSize(3);
        assertThat(((Piece.Last) pieces.getLast()).report().cache()).isEqualTo(CacheStatus.HIT);
        assertThat(world.texts("b")).containsExactly("hello", "Hi.");
    }

    @Test
    void complete_withoutMemory_isNotKept() {
        world.provider.reply().whole(assistant("Hi."), null);
        world.provider.reply().whole(assistant("Ho."), null);
        var off = new MemoryOptions(false, null, Strategy.CHAT, null, null, null);
        var request = new ChatRequest(
                Sender.LOCAL,
                null,
                "fake/small",
                List.of(user("hello")),
                "{}",
                1,
                null,
                false,
                false,
                off,
                CacheUse.READ_AND_KEEP);
        complete(request);
        assertThat(complete(request).cache()).isEqualTo(CacheStatus.MISS);
    }

    @Test
    void complete_theOneWhoAsksFails_theOthersAskForThemselves() throws Exception {
        var reply = world.provider.reply();
        var begun = new CountDownLatch(1);
        var failing = onItsOwnThread(new CountDownLatch(1), () -> whole("a", user("hello")));
        world.provider.awaitAsked();
        var waiting = onItsOwnThread(begun, () -> whole("b", user("hello")));
        begun.await();
        world.provider.reply().whole(assistant("Hi."), null);

        reply.breakOff(failure());

        assertThatThrownBy(failing::get).hasCauseInstanceOf(ChatFailed.class);
        assertThat(waiting.get().cache()).isEqualTo(CacheStatus.MISS);
    }

    @Test
    void complete_brokenOffAnswer_isNotGivenAgain() {
        world.provider.reply().content("{}").breakOff(failure());
        assertThatThrownBy(() -> pieces("a")).isInstanceOf(ChatFailed.class);
        world.provider.reply().whole(assistant("Hi."), null);
        assertThat(whole("b", user("hello")).cache()).isEqualTo(CacheStatus.MISS);
    }

    @Test
    void complete_erasedConversation_takesItsAnswerAlong() {
        world.provider.reply().whole(assistant("Hi."), null);
        whole("a", user("hello"));
        world.stores.conversations().erase(World.key("a"));
        world.provider.reply().whole(assistant("Ho."), null);
        assertThat(whole("b", user("hello")).cache()).isEqualTo(CacheStatus.MISS);
    }

    @Test
    void complete_twentyAtOnce_makeOneCall() throws Exception {
        var reply = world.provider.reply();
        var begun = new CountDownLatch(20);
        var answers = new ArrayList<CompletableFuture<TurnReport>>();
        for (int i = 0; i < 20; i++) {
            String id = "c" + i;
            answers.add(onItsOwnThread(begun, () -> whole(id, user("hello"))));
        }
        begun.await();
        world.provider.awaitAsked();
        reply.whole(assistant("Hi."), null);

        int hits = 0;
        for (var answer : answers) {
            hits += answer.get().cache() == CacheStatus.HIT ? 1 : 0;
        }
        assertThat(hits).isEqualTo(19);
        assertThat(world.provider.asked()).hasSize(1);
    }

    @Test
    void complete_theOneWhoAsksLeaves_anotherAsks() throws Exception {
        var abandoned = world.provider.reply();
        var cancellation = new Cancellation();
        var begun = new CountDownLatch(1);
        var leaving = onItsOwnThread(
                new CountDownLatch(1),
                () -> world.chat
                        .complete(request("a", false, CacheUse.READ_AND_KEEP), cancellation)
                        .report());
        world.provider.awaitAsked();
        var waiting = onItsOwnThread(begun, () -> whole("b", user("hello")));
        begun.await();
        world.provider.reply().whole(assistant("Hi."), null);

        cancellation.cancel();

        assertThatThrownBy(leaving::get).isNotNull();
        assertThat(waiting.get().cache()).isEqualTo(CacheStatus.MISS);
        assertThat(abandoned.closed()).isTrue();
    }

    private static CompletableFuture<TurnReport> onItsOwnThread(CountDownLatch begun, Supplier<TurnReport> call) {
        return CompletableFuture.supplyAsync(
                () -> {
                    begun.countDown();
                    return call.get();
                },
                task -> Thread.ofVirtual().start(task));
    }

    private TurnReport whole(String id, Message... messages) {
        return complete(request(id, false, CacheUse.READ_AND_KEEP, messages));
    }

    private TurnReport complete(ChatRequest request) {
        return world.chat.complete(request, new Cancellation()).report();
    }

    private List<Piece> pieces(String id) {
        var request = request(id, true, CacheUse.READ_AND_KEEP);
        return TurnStreamTest.all(((Streamed) world.chat.complete(request, new Cancellation())).stream());
    }

    private static ChatRequest request(String id, boolean stream, CacheUse use, Message... messages) {
        var said = messages.length == 0 ? List.of(user("hello")) : List.of(messages);
        return new ChatRequest(
                Sender.LOCAL, id, "fake/small", said, "{}", 1, null, stream, false, MemoryOptions.DEFAULT, use);
    }

    private static ProviderFailure failure() {
        return new ProviderFailure(Kind.TRUNCATED, "fake", "broke off", 0, null, null, null);
    }
}
