package io.perpetua.application.chat;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.user;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.World;
import io.perpetua.application.cache.CacheUse;
import io.perpetua.application.chat.ChatAnswer.ChatStream;
import io.perpetua.application.chat.ChatAnswer.Piece;
import io.perpetua.application.chat.ChatAnswer.Streamed;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ScriptedReply;
import io.perpetua.domain.usage.Usage;
import io.perpetua.domain.usage.Usage.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Chat requests that are answered in pieces. */
class TurnStreamTest {

    private static final Usage USED = new Usage(10, 4, 0, 5, 0, Source.PROVIDER);

    private final World world = new World();
    private final ScriptedReply reply = world.provider.reply();

    @Test
    void next_wholeStream_isPassedOnInOrder() {
        reply.preamble("p").content("1").content("2").finish("f").done(assistant("12"), USED);
        var stream = stream(false);

        assertThat(chunk(stream)).isEqualTo("p");
        assertThat(chunk(stream)).isEqualTo("1");
        assertThat(chunk(stream)).isEqualTo("2");
        var last = last(stream);
        assertThat(last.json()).isEqualTo("f");
        assertThat(last.report().usage()).isEqualTo(USED);
        assertThat(last.report().turn()).isEqualTo(2);
    }

    @Test
    void next_beforeTheLastChunk_nothingIsStored_andWithItAllIs() {
        reply.content("1").finish("f").usage("u");
        var stream = stream(true);

        chunk(stream);
        assertThat(world.find("c")).isNull();
        assertThat(stream.next(Duration.ZERO)).isNull();
        assertThat(world.find("c")).isNull();

        reply.done(assistant("1"), USED);
        assertThat(chunk(stream)).isEqualTo("f");
        assertThat(world.texts("c")).containsExactly("hello", "1");
        assertThat(last(stream).json()).isEqualTo("u");
    }

    @Test
    void next_usageChunkNobodyAskedFor_isKeptBack() {
        reply.content("1").finish("f").usage("u").done(assistant("1"), USED);
        var stream = stream(false);

        chunk(stream);
        assertThat(last(stream).json()).isEqualTo("f");
    }

    @Test
    void next_nothingComesForAWhile_isNull() {
        reply.content("1").pause().finish("f").done(assistant("1"), null);
        var stream = stream(false);

        chunk(stream);
        assertThat(stream.next(Duration.ofDays(1))).isNull();
        assertThat(last(stream).report().usage()).extracting(Usage::source).isEqualTo(Source.ESTIMATED);
    }

    @Test
    void complete_failureBeforeContent_isAFailureOfTheRequest() {
        reply.preamble("p").breakOff(failure());

        assertThatThrownBy(() -> stream(false)).isInstanceOf(ChatFailed.class);
        assertThat(reply.closed()).isTrue();
        assertThat(world.texts("c")).containsExactly("hello");
    }

    @Test
    void complete_cancelledBeforeContent_keepsTheQuestion() {
        reply.preamble("p").breakOff(new CancellationException("interrupted"));

        assertThatThrownBy(() -> stream(false)).isInstanceOf(CancellationException.class);
        assertThat(reply.closed()).isTrue();
        assertThat(world.texts("c")).containsExactly("hello");
    }

    @Test
    void next_failureAfterContent_keepsTheQuestionAlone() {
        reply.content("1").breakOff(failure());
        var stream = stream(false);
        chunk(stream);

        assertThatThrownBy(() -> stream.next(Duration.ZERO)).isInstanceOf(ChatFailed.class);
        stream.close();

        assertThat(world.texts("c")).containsExactly("hello");
    }

    @Test
    void next_storeIsFull_endsWithoutALastPiece() {
        reply.content("1").finish("f").done(assistant("1"), null);
        var stream = stream(false);
        chunk(stream);
        world.record.fillUp();

        assertThatThrownBy(() -> stream.next(Duration.ZERO)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void close_beforeTheEnd_cancelsTheReplyAndKeepsTheQuestionOnce() {
        reply.content("1");
        var stream = stream(false);
        chunk(stream);

        stream.close();
        stream.close();

        assertThat(reply.closed()).isTrue();
        assertThat(world.texts("c")).containsExactly("hello");
        assertThatThrownBy(() -> stream.next(Duration.ZERO)).isInstanceOf(CancellationException.class);
    }

    @Test
    void close_whileTheReaderWaits_endsTheWaiting() throws InterruptedException {
        reply.content("1");
        var stream = stream(false);
        chunk(stream);
        var reader = Thread.ofVirtual()
                .start(() -> assertThatThrownBy(() -> stream.next(Duration.ofDays(1)))
                        .isInstanceOf(CancellationException.class));

        stream.close();
        reader.join();

        assertThat(world.texts("c")).containsExactly("hello");
    }

    @Test
    void close_afterTheEnd_changesNothing() {
        reply.content("1").finish("f").done(assistant("1"), null);
        var stream = stream(false);
        chunk(stream);
        last(stream);

        stream.close();

        assertThat(world.texts("c")).containsExactly("hello", "1");
    }

    private ChatStream stream(boolean wantsUsage) {
        var request = new ChatRequest(
                Sender.LOCAL,
                "c",
                "fake/small",
                List.of(user("hello")),
                "{}",
                1,
                null,
                true,
                wantsUsage,
                MemoryOptions.DEFAULT,
                CacheUse.READ_AND_KEEP);
        var streamed = (Streamed) world.chat.complete(request, new Cancellation());
        assertThat(streamed.report().conversationId()).isEqualTo("c");
        assertThat(streamed.report().usage()).isNull();
        return streamed.stream();
    }

    /** Everything that a stream says. */
    static List<Piece> all(ChatStream stream) {
        var pieces = new ArrayList<Piece>();
        while (pieces.isEmpty() || pieces.getLast() instanceof Piece.Chunk) {
            pieces.add(requireNonNull(stream.next(Duration.ZERO)));
        }
        return pieces;
    }

    private static @Nullable String chunk(ChatStream stream) {
        return stream.next(Duration.ZERO) instanceof Piece.Chunk(var json) ? json : null;
    }

    private static Piece.Last last(ChatStream stream) {
        return stream.next(Duration.ZERO) instanceof Piece.Last last ? last : fail();
    }

    private static Piece.Last fail() {
        throw new AssertionError("not the last piece");
    }

    private static ProviderFailure failure() {
        return new ProviderFailure(ProviderFailure.Kind.TRUNCATED, "fake", "broke off", 0, null, null, null);
    }
}
