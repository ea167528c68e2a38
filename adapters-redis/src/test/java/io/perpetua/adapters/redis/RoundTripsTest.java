package io.perpetua.adapters.redis;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.Fork;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.application.conversation.Conversations.Outcome;
import io.perpetua.application.conversation.Said;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Fingerprint;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.memory.AnchorDetector.Detected;
import io.perpetua.domain.memory.AnchorDetector.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a turn costs in round trips, whatever the size of its conversation. */
class RoundTripsTest {

    private static @Nullable RedisProcess server;
    private static @Nullable RecordOverRedis one;
    private static @Nullable RecordOverRedis other;

    private final ConversationKey key =
            new ConversationKey(new Scope("tenant-" + UUID.randomUUID(), "default"), "conversation");

    @BeforeAll
    static void start() {
        server = RedisProcess.start("--appendfsync", "no");
        one = new RecordOverRedis(server.url());
        other = new RecordOverRedis(server.url());
        var warm = new ConversationKey(new Scope("warm", "default"), "up");
        append(one, warm, 0, Said.user("so that the server knows the scripts"));
        one.conversations.find(warm);
    }

    @AfterAll
    static void stop() {
        requireNonNull(one).close();
        requireNonNull(other).close();
        requireNonNull(server).close();
    }

    @Test
    void append_newConversation_isOneRoundTrip() {
        assertThat(trips(one(), () -> append(one(), key, 0, Said.user("a")))).isEqualTo(1);
    }

    @Test
    void turn_ofAKnownConversation_isOneRoundTripToReadAndOneToWrite() {
        append(one(), key, 0, Said.user("a"), Said.assistant("b"));

        for (int i = 0; i < 3; i++) {
            String text = "question " + i;
            assertThat(trips(one(), () -> one().conversations.find(key))).isEqualTo(1);
            assertThat(trips(one(), () -> one().conversations.past(key, 50))).isEqualTo(1);
            assertThat(trips(one(), () -> append(one(), key, Append.WHATEVER, Said.user(text), Said.assistant("x"))))
                    .isEqualTo(1);
        }
    }

    @Test
    void append_withAnchors_isOneRoundTrip() {
        append(one(), key, 0, Said.user("a"));
        one().conversations.past(key, 5);
        var turn = new NewTurn(
                Said.user("I live in Oslo."),
                Instant.EPOCH,
                5,
                List.of(new Detected(Kind.IDENTITY, "I live in Oslo.", "home")));

        assertThat(trips(
                        one(),
                        () -> one().conversations
                                .append(new Append(key, null, null, 1, List.of(turn), null, "r " + UUID.randomUUID()))))
                .isEqualTo(1);
        assertThat(one().anchors.of(key)).hasSize(1);
    }

    @Test
    void past_atAnInstanceThatNeverMetIt_isOneRoundTrip() {
        append(one(), key, 0, Said.user("a"));

        assertThat(trips(other(), () -> other().conversations.past(key, 50))).isEqualTo(1);
        assertThat(trips(other(), () -> append(other(), key, Append.WHATEVER, Said.user("b"))))
                .isEqualTo(1);
    }

    @Test
    void past_ofAFork_isOneRoundTripOnceItsHomeIsKnown() {
        append(one(), key, 0, Said.user("a"), Said.user("b"));
        var fork = key.sibling("fork");
        one().conversations
                .append(new Append(
                        fork, null, new Fork(key, 1), 0, turns(Said.user("x")), null, "r " + UUID.randomUUID()));

        assertThat(trips(one(), () -> one().conversations.past(fork, 50))).isEqualTo(1);
        other().conversations.find(fork);
        assertThat(trips(other(), () -> other().conversations.past(fork, 50))).isEqualTo(1);
    }

    @Test
    void append_afterAnotherInstanceHasWritten_goesToTheEnd() {
        append(one(), key, 0, Said.user("a"));
        append(other(), key, Append.WHATEVER, Said.user("b"));

        var outcome = append(one(), key, Append.WHATEVER, Said.user("c"));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Appended.class, it -> assertThat(it.range()).isEqualTo(new TurnRange(3, 3)));
        assertThat(texts(one(), new TurnRange(1, 9))).containsExactly("a", "b", "c");
    }

    @Test
    void recognise_historyThatGoesOn_isTwoRoundTrips() {
        var history = new ArrayList<Fingerprint>();
        var last = Fingerprint.root(key.scope(), null);
        var messages =
                IntStream.range(0, 40).mapToObj(i -> Said.user("message " + i)).toArray(Message[]::new);
        append(one(), key, 0, messages);
        for (Message message : messages) {
            last = last.then(message);
            history.add(last);
        }
        history.add(last.then(Said.user("new")));

        assertThat(trips(
                        other(),
                        () -> assertThat(other().conversations.recognise(history, 2))
                                .extracting(found -> found.messages())
                                .isEqualTo(40)))
                .isEqualTo(2);
    }

    @Test
    void turns_ofALongConversation_areReadWithoutTheOthers() {
        for (int i = 0; i < 20; i++) {
            int from = i * 1_000;
            append(
                    one(),
                    key,
                    Append.WHATEVER,
                    IntStream.range(from, from + 1_000)
                            .mapToObj(each -> Said.user("turn " + (each + 1)))
                            .toArray(Message[]::new));
        }

        assertThat(trips(
                        one(),
                        () -> assertThat(texts(one(), new TurnRange(10_000, 10_001)))
                                .containsExactly("turn 10000", "turn 10001")))
                .isEqualTo(1);
        assertThat(one().conversations.tokens(key, 7_000)).isEqualTo(7_000 * 7L);
        assertThat(requireNonNull(one().conversations.past(key, 2)).tail())
                .extracting(Turn::number)
                .containsExactly(19_999, 20_000);
        assertThat(one().conversations.erase(key)).isTrue();
        assertThat(other().conversations.find(key)).isNull();
    }

    @Test
    void turns_ofManyMegabytes_comeInSeveralRoundTrips() {
        String large = "🧵\u0000é".repeat(30_000);
        append(
                one(),
                key,
                0,
                IntStream.range(0, 40).mapToObj(i -> Said.user(i + large)).toArray(Message[]::new));

        assertThat(requireNonNull(other().conversations.past(key, 40)).tail())
                .extracting(turn -> turn.message().text())
                .containsExactlyElementsOf(
                        IntStream.range(0, 40).mapToObj(i -> i + large).toList());
    }

    private static RecordOverRedis one() {
        return requireNonNull(one);
    }

    private static RecordOverRedis other() {
        return requireNonNull(other);
    }

    private static long trips(RecordOverRedis record, Runnable work) {
        long before = record.link.roundTrips();
        work.run();
        return record.link.roundTrips() - before;
    }

    private static Outcome append(RecordOverRedis record, ConversationKey key, int expected, Message... messages) {
        return record.conversations.append(
                new Append(key, null, null, expected, turns(messages), null, "r " + UUID.randomUUID()));
    }

    private static List<NewTurn> turns(Message... messages) {
        return List.of(messages).stream()
                .map(message -> new NewTurn(message, Instant.EPOCH, 7, List.of()))
                .toList();
    }

    private List<String> texts(RecordOverRedis record, TurnRange range) {
        return record.conversations.turns(key, List.of(range)).stream()
                .map(turn -> turn.message().text())
                .toList();
    }
}
