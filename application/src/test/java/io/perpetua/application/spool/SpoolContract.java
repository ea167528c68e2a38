package io.perpetua.application.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.Fork;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.application.spool.Spool.Line;
import io.perpetua.application.spool.Spool.Waiting;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Message.Media;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.ToolCall;
import io.perpetua.domain.memory.AnchorDetector.Detected;
import io.perpetua.domain.memory.AnchorDetector.Kind;
import io.perpetua.domain.mode.Mode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every spool does. Each test begins with an empty one that has room for {@value #MOST} bytes. */
public abstract class SpoolContract {

    protected static final long MOST = 100_000;

    private static final Scope SCOPE = new Scope("tenant", "default");
    private static final Line LINE = new Line(1, false);

    /** The spool under test; every call within a test gives the same. */
    protected abstract Spool spool();

    @Test
    void add_everyKindOfTurn_isGivenBackToTheLetter() {
        var said = new NewTurn(
                new Message(
                        Role.ASSISTANT,
                        "3:a\u0000 ü\uD83D\uDE00\n",
                        "",
                        List.of(new ToolCall("c1", "f", "{\"a\":\"1:b\"}")),
                        "call",
                        List.of(new Media("image_url", "sha:1", 85)),
                        "{\"role\":\"assistant\"}"),
                Instant.parse("2026-01-01T12:00:00.123456789Z"),
                17,
                List.of(new Detected(Kind.IDENTITY, "is Ann", "name"), new Detected(Kind.GOAL, "to sail", null)));
        var plain = new NewTurn(message(""), Instant.EPOCH, 0, List.of());
        var first = new Append(key("a"), "ann", new Fork(key("b"), 7), 0, List.of(said, plain), Mode.SAFE, "r1");
        var second = new Append(key("a"), null, null, Append.WHATEVER, List.of(plain), null, "r2");

        spool().add(first, new Line(8, false));
        spool().add(second, new Line(0, true));

        assertThat(spool().oldest(0, 10)).extracting(Waiting::append).containsExactly(first, second);
        assertThat(spool().oldest(0, 10))
                .extracting(Waiting::line)
                .containsExactly(new Line(8, false), new Line(0, true));
    }

    @Test
    void oldest_afterANumber_goesOnFromThere() {
        var numbers = new ArrayList<Long>();
        for (String id : List.of("a", "b", "a", "c")) {
            numbers.add(spool().add(append(id, null), LINE));
        }

        assertThat(numbers).isSorted().doesNotHaveDuplicates();
        assertThat(spool().oldest(0, 2)).extracting(Waiting::number).isEqualTo(numbers.subList(0, 2));
        assertThat(spool().oldest(numbers.get(1), 2))
                .extracting(Waiting::number)
                .isEqualTo(numbers.subList(2, 4));
        assertThat(spool().oldest(numbers.get(3), 2)).isEmpty();
    }

    @Test
    void of_oneConversation_isWhatAddsToIt() {
        long first = spool().add(append("a", null), LINE);
        long fork = spool().add(append("b", new Fork(key("a"), 1)), LINE);
        long last = spool().add(append("a", null), LINE);

        assertThat(spool().of(key("a"))).extracting(Waiting::number).containsExactly(first, last);
        assertThat(spool().branchingOff(key("a"))).extracting(Waiting::number).containsExactly(fork);
        assertThat(spool().of(new ConversationKey(new Scope("other", "default"), "a")))
                .isEmpty();
        assertThat(spool().holds(key("a"))).isTrue();
        assertThat(spool().holds(key("c"))).isFalse();
    }

    @Test
    void remove_some_leavesTheOthersAndMakesRoom() {
        long first = spool().add(append("a", null), LINE);
        long second = spool().add(append("a", null), LINE);
        long one = spool().level().bytes();
        long third = spool().add(append("b", null), LINE);

        spool().remove(List.of(first, second, second, 4711L));

        assertThat(spool().oldest(0, 10)).extracting(Waiting::number).containsExactly(third);
        assertThat(spool().holds(key("a"))).isFalse();
        assertThat(spool().level().appends()).isEqualTo(1);
        assertThat(spool().level().bytes()).isLessThan(one).isPositive();

        spool().remove(List.of(third));

        assertThat(spool().level()).isEqualTo(new Spool.Level(0, 0, MOST));
        assertThat(spool().add(append("a", null), LINE)).isGreaterThan(third);
    }

    @Test
    void replace_some_keepsTheirPlaces() {
        long first = spool().add(append("a", null), LINE);
        long second = spool().add(append("a", null), LINE);
        long gone = spool().add(append("a", null), LINE);
        spool().remove(List.of(gone));
        var bytes = spool().level();
        var other = append("b", new Fork(key("a"), 3));

        spool().replace(List.of(
                new Waiting(first, other, new Line(4, true)), new Waiting(gone, append("c", null), LINE)));

        assertThat(spool().oldest(0, 10)).extracting(Waiting::number).containsExactly(first, second);
        var replaced = spool().oldest(0, 1).getFirst();
        assertThat(replaced.append().key()).isEqualTo(key("b"));
        assertThat(replaced.append().from()).isEqualTo(new Fork(key("a"), 3));
        assertThat(replaced.append().request()).isEqualTo(other.request());
        assertThat(replaced.line()).isEqualTo(new Line(4, true));
        assertThat(spool().holds(key("a"))).isTrue();
        assertThat(spool().holds(key("b"))).isTrue();
        assertThat(spool().holds(key("c"))).isFalse();
        assertThat(spool().level()).isEqualTo(bytes);
    }

    @Test
    void add_moreThanThereIsRoomFor_isRefusedAsFullAndChangesNothing() {
        spool().add(append("a", null), LINE);
        var level = spool().level();
        var large = new Append(
                key("b"),
                null,
                null,
                0,
                List.of(new NewTurn(message("x".repeat((int) MOST)), Instant.EPOCH, 1, List.of())),
                null,
                "large");

        var refused = catchThrowableOfType(StoreUnavailable.class, () -> spool().add(large, LINE));

        assertThat(refused.full()).isTrue();
        assertThat(spool().level()).isEqualTo(level);
        assertThat(spool().holds(key("b"))).isFalse();
    }

    protected static ConversationKey key(String id) {
        return new ConversationKey(SCOPE, id);
    }

    protected static Append append(String id, @Nullable Fork from) {
        var turn = new NewTurn(message("said in " + id), Instant.EPOCH, 3, List.of());
        return new Append(
                key(id), null, from, 0, List.of(turn), null, UUID.randomUUID().toString());
    }

    private static Message message(String text) {
        return new Message(Role.USER, text, null, List.of(), null, List.of(), "{\"content\":\"" + text + "\"}");
    }
}
