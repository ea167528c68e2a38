package io.perpetua.application.chat;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.perpetua.application.World;
import io.perpetua.application.cache.CacheUse;
import io.perpetua.application.chat.ChatAnswer.Piece;
import io.perpetua.application.chat.ChatAnswer.Streamed;
import io.perpetua.application.chat.TurnReport.Attempt;
import io.perpetua.application.resilience.Circuits.State;
import io.perpetua.application.routing.ModelInfo;
import io.perpetua.application.routing.ProviderCall;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderFailure.Kind;
import io.perpetua.application.routing.ScriptedProvider;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.Rung;
import io.perpetua.domain.usage.Usage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** A ladder of three: two small windows and a large one. */
class FallbackTest {

    private static final Usage USAGE = Usage.estimated(10, 5);

    private final World world = new World();
    private final ScriptedProvider first = provider("first", 16_000);
    private final ScriptedProvider second = provider("second", 16_000);
    private final ScriptedProvider large = provider("large", 64_000);
    private final PrepareTurn prepare = world.prepare(first, second, large);

    private static ScriptedProvider provider(String name, int window) {
        return new ScriptedProvider(name, new ModelInfo(name, "m", window, null));
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"BAD_REQUEST", "CONTEXT_TOO_LONG"},
            mode = Mode.EXCLUDE)
    void complete_firstRungFails_nextAnswers(Kind kind) {
        first.refuse(failure(kind));
        answers(second);

        var report = ask(0);

        assertThat(outcomes(report)).containsExactly("first " + kind.wire(), "second ok");
        assertThat(report.fallbackUsed()).isTrue();
        assertThat(report.provider()).isEqualTo("second");
        assertThat(world.circuits.settled()).containsExactly("first/m " + kind.wire(), "second/m answered");
        assertThat(world.texts("c")).containsExactly("Hello", "Hi.");
    }

    @Test
    void complete_firstRungAnswers_isNoFallback() {
        answers(first);

        var report = ask(0);

        assertThat(outcomes(report)).containsExactly("first ok");
        assertThat(report.fallbackUsed()).isFalse();
        assertThat(report.intent()).isEqualTo(Intent.SOCIAL_CHAT);
    }

    @Test
    void complete_badRequest_isNotAskedOfAnyoneElse() {
        first.refuse(failure(Kind.BAD_REQUEST));

        var failed = catchThrowableOfType(ChatFailed.class, () -> ask(3));

        assertThat(failed.failure().kind()).isEqualTo(Kind.BAD_REQUEST);
        assertThat(second.asked()).isEmpty();
        assertThat(world.calls.getFirst().outcome()).as("teaches nothing").isNull();
    }

    @Test
    void complete_contextTooLong_goesToALargerWindowOnly() {
        first.refuse(failure(Kind.CONTEXT_TOO_LONG));
        answers(large);

        var report = ask(0);

        assertThat(outcomes(report)).containsExactly("first context_too_long", "large ok");
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void complete_contextTooLongForTheLargest_saysSoAtOnce() {
        first.refuse(failure(Kind.CONTEXT_TOO_LONG));
        large.refuse(failure(Kind.CONTEXT_TOO_LONG));

        var failed = catchThrowableOfType(ChatFailed.class, () -> ask(3));

        assertThat(failed.failure().kind()).isEqualTo(Kind.CONTEXT_TOO_LONG);
        assertThat(outcomes(failed.report())).containsExactly("first context_too_long", "large context_too_long");
    }

    @Test
    void complete_messageLargerThanTheFirstWindow_isAskedOfTheLargerOneFirst() {
        answers(large);

        var report = whole(request("word ".repeat(15_000)), 0);

        assertThat(outcomes(report)).containsExactly("large ok");
        assertThat(report.fallbackUsed()).isFalse();
    }

    @Test
    void complete_circuitIsOpen_skipsTheRungAndSaysSo() {
        world.circuits.rest(new Rung("first", "m"), State.OPEN, Duration.ofSeconds(20));
        answers(second);

        var report = ask(0);

        assertThat(report.attempts().getFirst()).isEqualTo(new Attempt("first", "m", "open", 0));
        assertThat(report.fallbackUsed()).isTrue();
        assertThat(first.asked()).isEmpty();
    }

    @Test
    void complete_everyCircuitIsOpen_failsAtOnce() {
        for (String name : List.of("first", "second", "large")) {
            world.circuits.rest(new Rung(name, "m"), State.OPEN, Duration.ofSeconds(5));
        }

        var failed = catchThrowableOfType(ChatFailed.class, () -> ask(3));

        assertThat(outcomes(failed.report())).containsExactly("first open", "second open", "large open");
        assertThat(failed.failure().retryAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(world.texts("c")).containsExactly("Hello");
    }

    @ParameterizedTest
    @CsvSource({"8, 6", "9, 3"})
    void complete_everyRungCoolsDown_isWaitedForUnlessThatTakesLong(int seconds, int attempts) {
        for (String name : List.of("first", "second", "large")) {
            world.circuits.rest(new Rung(name, "m"), State.COOLING_DOWN, Duration.ofSeconds(seconds));
        }

        var failed = catchThrowableOfType(ChatFailed.class, () -> ask(1));

        assertThat(failed.report().attempts()).hasSize(attempts);
        assertThat(failed.failure().kind()).isEqualTo(Kind.RATE_LIMITED);
    }

    @Test
    void complete_onlyRungIsBeingTried_isWaitedFor() {
        world.circuits.rest(new Rung("first", "m"), State.HALF_OPEN, Duration.ZERO);
        world.circuits.rest(new Rung("second", "m"), State.OPEN, Duration.ofSeconds(20));
        world.circuits.rest(new Rung("large", "m"), State.OPEN, Duration.ofSeconds(20));

        var failed = catchThrowableOfType(ChatFailed.class, () -> ask(2));

        assertThat(failed.report().attempts()).hasSize(9);
    }

    @Test
    void complete_nobodyIsAsked_tellsTheShortestRest() {
        world.circuits.rest(new Rung("first", "m"), State.OPEN, Duration.ofSeconds(20));
        world.circuits.rest(new Rung("second", "m"), State.OPEN, Duration.ofSeconds(9));
        world.circuits.rest(new Rung("large", "m"), State.OPEN, Duration.ofSeconds(30));

        var failed = catchThrowableOfType(ChatFailed.class, () -> ask(2));

        assertThat(failed.failure().retryAfter()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void complete_oneIsDownAndTheNextHasNoSuchModel_theFirstIsTold() {
        first.refuse(failure(Kind.UNAVAILABLE));
        second.refuse(failure(Kind.UNKNOWN_MODEL));
        large.refuse(failure(Kind.UNKNOWN_MODEL));

        var failed = catchThrowableOfType(ChatFailed.class, () -> ask(0));

        assertThat(failed.failure().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failed.report().fallbackUsed()).isTrue();
    }

    @Test
    void complete_allFailForNow_triesTheWayAgain() {
        first.refuse(failure(Kind.UNAVAILABLE));
        second.refuse(failure(Kind.TIMEOUT));
        large.refuse(failure(Kind.RATE_LIMITED));
        answers(first);

        var report = ask(1);

        assertThat(outcomes(report))
                .containsExactly("first unavailable", "second timeout", "large rate_limited", "first ok");
        assertThat(report.fallbackUsed()).as("the first rung answered").isFalse();
    }

    @Test
    void complete_allFailForGood_isNotTriedAgain() {
        first.refuse(failure(Kind.REFUSED_KEY));
        second.refuse(failure(Kind.UNKNOWN_MODEL));
        large.refuse(failure(Kind.UNSUPPORTED));

        var failed = catchThrowableOfType(ChatFailed.class, () -> ask(3));

        assertThat(failed.report().attempts()).hasSize(3);
        assertThat(failed.report().provider()).isNull();
    }

    @Test
    void complete_allFailAndRestForLong_isNotTriedAgain() {
        first.refuse(failure(Kind.UNAVAILABLE));
        second.refuse(failure(Kind.UNAVAILABLE));
        large.refuse(failure(Kind.UNAVAILABLE));
        for (String name : List.of("first", "second", "large")) {
            world.circuits.restAfterwards(new Rung(name, "m"), State.OPEN, Duration.ofSeconds(30));
        }

        var failed = catchThrowableOfType(ChatFailed.class, () -> ask(3));

        assertThat(failed.report().attempts()).hasSize(3);
    }

    @Test
    void complete_anotherRungBelow_isWaitedForLessLong() {
        first.refuse(failure(Kind.TIMEOUT));
        second.refuse(failure(Kind.TIMEOUT));
        answers(large);

        ask(0);

        assertThat(first.asked().getFirst().patience()).isEqualTo(World.RUNG_PATIENCE);
        assertThat(second.asked().getFirst().patience()).isEqualTo(World.RUNG_PATIENCE);
        assertThat(large.asked().getFirst().patience()).isGreaterThan(Duration.ofDays(1));
    }

    @Test
    void complete_restBelowIsResting_isWaitedForAsTheLast() {
        world.circuits.rest(new Rung("second", "m"), State.OPEN, Duration.ofSeconds(20));
        world.circuits.rest(new Rung("large", "m"), State.KEY_REFUSED, Duration.ofMinutes(20));
        answers(first);

        ask(0);

        assertThat(first.asked().getFirst().patience()).isGreaterThan(Duration.ofDays(1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void complete_streamFailsBeforeItsFirstContent_nextAnswers(boolean preamble) {
        var reply = first.reply();
        if (preamble) {
            reply.preamble("{\"opening\":1}");
        }
        reply.breakOff(failure(Kind.TRUNCATED));
        second.reply()
                .preamble("{\"opening\":2}")
                .content("{\"content\":2}")
                .finish("{\"end\":2}")
                .done(assistant("Hi."), USAGE);

        var pieces = pieces();

        assertThat(reply.closed()).isTrue();
        assertThat(pieces.subList(0, 2))
                .containsExactly(new Piece.Chunk("{\"opening\":2}"), new Piece.Chunk("{\"content\":2}"));
        var report = ((Piece.Last) pieces.getLast()).report();
        assertThat(outcomes(report)).containsExactly("first truncated", "second ok");
        assertThat(report.fallbackUsed()).isTrue();
    }

    @Test
    void complete_streamFailsAfterItsFirstContent_isNotAskedElsewhere() {
        first.reply().content("{}").breakOff(failure(Kind.TRUNCATED));

        var failed = catchThrowableOfType(ChatFailed.class, this::pieces);

        assertThat(outcomes(failed.report())).containsExactly("first truncated");
        assertThat(failed.report().provider()).isEqualTo("first");
        assertThat(world.circuits.settled()).containsExactly("first/m answered", "first/m truncated");
        assertThat(world.calls).extracting(ProviderCall::failure).containsExactly(Kind.TRUNCATED);
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void complete_failureOfAnInterruptedCall_isNobodysFault() {
        first.reply().breakOff(failure(Kind.UNAVAILABLE));
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> ask(0)).isInstanceOf(CancellationException.class);
        } finally {
            Thread.interrupted();
        }
        assertThat(world.circuits.settled()).containsExactly("first/m forgone");
        assertThat(world.calls).isEmpty();
    }

    @Test
    void complete_answered_tellsWhatTheCallsTaught() {
        first.refuse(failure(Kind.TIMEOUT));
        answers(second);

        ask(0);

        assertThat(world.calls).extracting(ProviderCall::failure).containsExactly(Kind.TIMEOUT, null);
        assertThat(world.calls).extracting(ProviderCall::usage).containsExactly(null, USAGE);
        assertThat(world.calls.getLast().outcome())
                .satisfies(outcome -> assertThat(outcome.success()).isTrue());
    }

    private TurnReport ask(int retries) {
        return whole(request("Hello"), retries);
    }

    private TurnReport whole(ChatRequest request, int retries) {
        return world.chat(prepare, retries)
                .complete(request, new Cancellation())
                .report();
    }

    private List<Piece> pieces() {
        var request = new ChatRequest(
                Sender.LOCAL,
                "c",
                "auto",
                List.of(user("Hello")),
                "{}",
                1,
                null,
                true,
                false,
                MemoryOptions.DEFAULT,
                CacheUse.READ_AND_KEEP);
        var streamed = (Streamed) world.chat(prepare, 3).complete(request, new Cancellation());
        return TurnStreamTest.all(streamed.stream());
    }

    private static ChatRequest request(String text) {
        return new ChatRequest(
                Sender.LOCAL,
                "c",
                "auto",
                List.of(user(text)),
                "{}",
                1,
                null,
                false,
                false,
                MemoryOptions.DEFAULT,
                CacheUse.READ_AND_KEEP);
    }

    private static void answers(ScriptedProvider provider) {
        provider.reply().whole(assistant("Hi."), USAGE);
    }

    private static List<String> outcomes(TurnReport report) {
        return report.attempts().stream()
                .map(attempt -> attempt.provider() + " " + attempt.outcome())
                .toList();
    }

    private static ProviderFailure failure(Kind kind) {
        return new ProviderFailure(kind, "someone", kind.wire(), 0, null, null, null);
    }
}
