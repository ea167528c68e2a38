package io.perpetua.application.conversation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.application.conversation.Conversations.Outcome;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.ToolCall;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.memory.AnchorDetector.Detected;
import io.perpetua.domain.memory.AnchorDetector.Kind;
import io.perpetua.domain.mode.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Conversations} owes whoever adds turns and reads them back. */
public abstract class ConversationsContract extends RecordContract {

    @Test
    void append_sameRequestAgain_isMadeOnce() {
        say(key, "a");
        var append =
                new Append(key, null, null, Append.WHATEVER, newTurns("b", "c"), null, "request " + UUID.randomUUID());
        conversations().append(append);
        say(key, "d");

        assertThat(conversations().append(append)).isInstanceOfSatisfying(Outcome.Appended.class, again -> {
            assertThat(again.range()).isEqualTo(new TurnRange(2, 3));
            assertThat(again.conversation().turns()).isEqualTo(4);
        });
        assertThat(texts(key)).containsExactly("a", "b", "c", "d");
    }

    @Test
    void append_sameRequestThatExpectedItsPlace_isMadeOnce() {
        var append = new Append(key, null, null, 0, newTurns("a"), null, "request " + UUID.randomUUID());
        conversations().append(append);

        assertThat(conversations().append(append)).isInstanceOf(Outcome.Appended.class);
        assertThat(texts(key)).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(ints = {Append.WHATEVER, 0})
    void append_sameRequestAfterTheErasure_leavesItErased(int expected) {
        var append = new Append(key, null, null, expected, newTurns("a"), null, "request " + UUID.randomUUID());
        conversations().append(append);
        conversations().erase(key);

        assertThat(conversations().append(append)).isEqualTo(new Outcome.Erased());
        assertThat(conversations().find(key)).isNull();
    }

    @Test
    void past_isWhatTheSingleReadsGive() {
        say(key, "a", "b", "c");
        detect(key, new Detected(Kind.IDENTITY, "They live in Lisbon.", "home"));
        briefs().replace(key, 0, new Brief("told", 2, 7));

        var past = requireNonNull(conversations().past(key, 2));

        assertThat(past.conversation()).isEqualTo(conversations().find(key));
        assertThat(past.tail()).isEqualTo(turns(key).subList(2, 4));
        assertThat(past.anchors()).isEqualTo(anchors().of(key)).hasSize(1);
        assertThat(past.brief()).isEqualTo(new Brief("told", 2, 7));
    }

    @Test
    void past_ofAFork_reachesAcrossTheFork() {
        say(key, "a", "b", "c");
        var fork = key("fork");
        fork(key, 2, fork, "x");

        assertThat(requireNonNull(conversations().past(fork, 100)).tail()).isEqualTo(turns(fork));
        assertThat(requireNonNull(conversations().past(fork, 0)).tail()).isEmpty();
        assertThat(conversations().past(key("none"), 5)).isNull();
    }

    @Test
    void find_unknownConversation_isNull() {
        assertThat(conversations().find(key)).isNull();
        assertThat(turns(key)).isEmpty();
    }

    @Test
    void append_newConversation_makesIt() {
        var turns = List.of(
                new NewTurn(message("a"), NOON, 3, List.of()),
                new NewTurn(message("b"), NOON.plusMillis(7), 4, List.of()));

        var outcome = conversations()
                .append(new Append(
                        key, "ann", null, 0, turns, Mode.SAFE, UUID.randomUUID().toString()));

        var made = new Conversation(
                key,
                "ann",
                List.of(new PathSegment(branch(key), 1, 2)),
                2,
                7,
                Mode.SAFE,
                null,
                NOON,
                NOON.plusMillis(7));
        assertThat(branch(key)).startsWith("conversation");
        assertThat(outcome).isEqualTo(new Outcome.Appended(made, new TurnRange(1, 2)));
        assertThat(conversations().find(key)).isEqualTo(made);
    }

    @Test
    void append_again_numbersOnAndSumsUp() {
        say(key, "a", "b", "c");
        var later = new NewTurn(message("d"), NOON.plusSeconds(60), 5, List.of());

        var outcome = conversations()
                .append(new Append(
                        key,
                        "someone else",
                        null,
                        3,
                        List.of(later),
                        null,
                        UUID.randomUUID().toString()));

        var grown = new Conversation(
                key,
                null,
                List.of(new PathSegment(branch(key), 1, 4)),
                4,
                3 * TOKENS + 5,
                Mode.FULL,
                null,
                NOON,
                later.at());
        assertThat(outcome).isEqualTo(new Outcome.Appended(grown, new TurnRange(4, 4)));
        assertThat(turns(key).getLast()).isEqualTo(new Turn(4, later.message(), later.at(), 5));
        assertThat(turns(key)).extracting(Turn::number).containsExactly(1, 2, 3, 4);
    }

    @Test
    void append_unexpectedTurns_storesNothing() {
        Conversation two = say(key, "a", "b");

        for (int expected : new int[] {0, 1, 3}) {
            assertThat(conversations()
                            .append(new Append(
                                    key,
                                    null,
                                    null,
                                    expected,
                                    newTurns("c"),
                                    Mode.SAFE,
                                    UUID.randomUUID().toString())))
                    .isEqualTo(new Outcome.Moved(two));
        }
        assertThat(conversations()
                        .append(new Append(
                                key("none"),
                                null,
                                null,
                                1,
                                newTurns("c"),
                                null,
                                UUID.randomUUID().toString())))
                .isEqualTo(new Outcome.Moved(null));
        assertThat(conversations().find(key)).isEqualTo(two);
        assertThat(conversations().find(key("none"))).isNull();
    }

    @Test
    void append_withoutMode_keepsTheMode() {
        conversations()
                .append(new Append(
                        key,
                        null,
                        null,
                        0,
                        newTurns("a"),
                        Mode.BALANCED,
                        UUID.randomUUID().toString()));

        assertThat(say(key, "b").mode()).isEqualTo(Mode.BALANCED);
    }

    @Test
    void append_racingToTheEnd_losesAndDoublesNothing() throws InterruptedException {
        race(32, i -> say(key, "question " + i, "answer " + i));

        List<String> texts = texts(key);
        assertThat(turns(key)).extracting(Turn::number).containsExactlyElementsOf(numbers(64));
        assertThat(texts).doesNotHaveDuplicates().hasSize(64);
        for (int i = 0; i < 64; i += 2) {
            assertThat(texts.get(i + 1)).isEqualTo(texts.get(i).replace("question", "answer"));
        }
        assertThat(say(key, "last").tokens()).isEqualTo(65L * TOKENS);
    }

    @Test
    void append_racingForOnePlace_exactlyOneWins() throws InterruptedException {
        say(key, "a");

        var outcomes = race(
                32,
                i -> conversations()
                        .append(new Append(
                                key,
                                null,
                                null,
                                1,
                                newTurns("racer " + i),
                                null,
                                UUID.randomUUID().toString())));

        assertThat(outcomes).filteredOn(Outcome.Appended.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(Outcome.Moved.class::isInstance).hasSize(31);
        assertThat(texts(key)).hasSize(2);
    }

    @Test
    void turns_everyPartOfAMessage_comesBackAsItWentIn() {
        var calls = List.of(
                new ToolCall("call_1", "weather", "{\"city\": \"Zürich\", \"n\": [1, 2]}"), new ToolCall("", "f", ""));
        var media = List.of(
                new Message.Media("image_url", "https://example.org/a:b,3.png", 85),
                new Message.Media("input_audio", "sha256:0f", 0));
        var messages = List.of(
                new Message(Role.ASSISTANT, "", null, calls, null, List.of(), "{\"x\":{\"y\":[null,1.50]}}"),
                new Message(Role.TOOL, "12 °C", "weather", List.of(), "call_1", List.of(), " {\n} "),
                new Message(
                        Role.USER, "👩‍👩‍👧 e\u0301 \u0000 漢字 \u202e\r\n'\"\\", "ann", List.of(), null, media, "{}"),
                new Message(Role.DEVELOPER, " x ".repeat(100_000), "", List.of(), "", List.of(), ""));
        var turns = messages.stream()
                .map(m -> new NewTurn(m, NOON, TOKENS, List.of()))
                .toList();

        conversations()
                .append(new Append(
                        key, null, null, 0, turns, null, UUID.randomUUID().toString()));

        assertThat(turns(key)).extracting(Turn::message).isEqualTo(messages);
        assertThat(turns(key)).extracting(Turn::at).containsOnly(NOON);
    }

    @Test
    void turns_ofRanges_eachOnceAscendingAndWithinTheConversation() {
        say(key, IntStream.rangeClosed(1, 20).mapToObj(Integer::toString).toArray(String[]::new));

        var ranges = List.of(new TurnRange(18, 90), new TurnRange(3, 5), new TurnRange(5, 6), new TurnRange(4, 4));

        assertThat(conversations().turns(key, ranges)).extracting(Turn::number).containsExactly(3, 4, 5, 6, 18, 19, 20);
        assertThat(conversations().turns(key, List.of())).isEmpty();
        assertThat(conversations().turns(key, List.of(new TurnRange(21, 30)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"it's \"quoted\"", "a/b\\..//%2F?&#", "🧵", " ", "';DROP TABLE turn;--", "%", "~2", "{tag}:*"})
    void find_anyPrintableId_namesItsOwnConversation(String id) {
        var odd = key(id + "x".repeat(256 - id.length()));

        say(odd, "odd");
        say(key("x".repeat(256)), "plain");

        assertThat(texts(odd)).containsExactly("odd");
        assertThat(conversations().find(odd)).extracting(Conversation::key).isEqualTo(odd);
    }

    @Test
    void find_sameIdInOtherScopes_isAnotherConversation() {
        var otherTenant = new ConversationKey(new Scope(scope.tenant() + "2", "default"), key.id());
        var otherNamespace = new ConversationKey(new Scope(scope.tenant(), "other"), key.id());

        say(key, "mine");
        say(otherTenant, "theirs");

        assertThat(texts(key)).containsExactly("mine");
        assertThat(texts(otherTenant)).containsExactly("theirs");
        assertThat(conversations().find(otherNamespace)).isNull();
    }

    @Test
    void append_forkAcrossScopes_isRefused() {
        var other = new ConversationKey(new Scope(scope.tenant(), "other"), "source");
        say(other, "a");

        assertThatThrownBy(() -> fork(other, 1, key, "b")).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Integer> numbers(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }

    private static <T> List<T> race(int racers, Racer<T> racer) throws InterruptedException {
        List<Callable<T>> calls = new ArrayList<>();
        for (int i = 0; i < racers; i++) {
            int number = i;
            calls.add(() -> racer.run(number));
        }
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            return executor.invokeAll(calls).stream()
                    .map(future -> future.resultNow())
                    .toList();
        }
    }

    private interface Racer<T> {
        T run(int number);
    }
}
