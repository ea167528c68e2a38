package io.perpetua.application.chat;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.World;
import io.perpetua.application.cache.CacheUse;
import io.perpetua.application.chat.ChatAnswer.Streamed;
import io.perpetua.application.chat.ChatAnswer.Whole;
import io.perpetua.application.chat.TurnReport.Attempt;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.domain.journal.Ending;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who listens hears of every turn that was let in, once, however it ends. */
class EndedTurnTest {

    private final World world = new World();

    @Test
    void ended_answeredInOnePiece_hasTheWholeAccount() {
        world.provider.reply().whole(assistant("1"), null);
        var whole = (Whole) complete(false);

        var ended = only(Ending.ANSWERED, null);
        assertThat(ended.report()).isEqualTo(whole.report());
        assertThat(ended.at()).isBefore(world.clock.instant());
        assertThat(ended.sender()).isEqualTo(Sender.LOCAL);
        assertThat(ended.stream()).isFalse();
        assertThat(ended.route().first().model().id()).isEqualTo("fake/small");
    }

    @Test
    void ended_answeredInPieces_isToldWithTheLastPiece() {
        world.provider.reply().content("1").finish("f").done(assistant("1"), null);
        var stream = ((Streamed) complete(true)).stream();
        stream.next(Duration.ZERO);
        assertThat(world.ended).isEmpty();
        stream.next(Duration.ZERO);
        stream.close();

        assertThat(only(Ending.ANSWERED, null).stream()).isTrue();
    }

    @Test
    void ended_brokenOff_saysWhy() {
        world.provider.reply().content("1").breakOff(failure());
        var stream = ((Streamed) complete(true)).stream();
        stream.next(Duration.ZERO);
        assertThatThrownBy(() -> stream.next(Duration.ZERO)).isInstanceOf(ChatFailed.class);
        stream.close();

        assertThat(only(Ending.BROKEN, "truncated").report().provider()).isEqualTo("fake");
    }

    @Test
    void ended_nobodyAnswered_saysWhy() {
        world.provider.reply().preamble("p").breakOff(failure());
        assertThatThrownBy(() -> complete(true)).isInstanceOf(ChatFailed.class);

        assertThat(only(Ending.FAILED, "truncated").report().attempts()).hasSize(1);
    }

    @Test
    void ended_clientLeftInTheMiddle_saysWhoWasAnswering() {
        world.provider.reply().content("1").content("2").whole(assistant("12"), null);
        var stream = ((Streamed) complete(true)).stream();
        stream.next(Duration.ZERO);
        stream.close();

        var report = only(Ending.LEFT, null).report();
        assertThat(report.provider()).isEqualTo("fake");
        assertThat(report.attempts()).extracting(Attempt::outcome).containsExactly(Attempt.CANCELLED);
    }

    @Test
    void ended_clientsMistake_isNoErrorOfOurs() {
        world.provider.refuse(new ProviderFailure(ProviderFailure.Kind.BAD_REQUEST, "fake", "no", 0, null, null, null));
        assertThatThrownBy(() -> complete(false)).isInstanceOf(ChatFailed.class);

        assertThat(only(Ending.REFUSED, "bad_request").ending().isError()).isFalse();
    }

    @Test
    void ended_clientLeft_isNoError() {
        world.provider.reply().preamble("p").breakOff(new CancellationException("interrupted"));
        assertThatThrownBy(() -> complete(true)).isInstanceOf(CancellationException.class);

        var report = only(Ending.LEFT, null).report();
        assertThat(report.conversationId()).isEqualTo("c");
        assertThat(report.attempts()).extracting(Attempt::outcome).containsExactly(Attempt.CANCELLED);
    }

    @Test
    void ended_storeIsFull_isAFault() {
        world.provider.reply().content("1").finish("f").done(assistant("1"), null);
        var stream = ((Streamed) complete(true)).stream();
        stream.next(Duration.ZERO);
        world.record.fillUp();
        assertThatThrownBy(() -> stream.next(Duration.ZERO)).isInstanceOf(StoreUnavailable.class);
        stream.close();

        only(Ending.FAULT, "storage_full");
    }

    private EndedTurn only(Ending ending, @Nullable String error) {
        assertThat(world.ended).hasSize(1);
        var ended = world.ended.getFirst();
        assertThat(ended.ending()).isEqualTo(ending);
        assertThat(ended.error()).isEqualTo(error);
        return ended;
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
                        CacheUse.READ_AND_KEEP),
                new Cancellation());
    }

    private static ProviderFailure failure() {
        return new ProviderFailure(ProviderFailure.Kind.TRUNCATED, "fake", "broke off", 0, null, null, null);
    }
}
