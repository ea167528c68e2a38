package io.perpetua.application.chat;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.application.World;
import io.perpetua.application.access.LimitReached;
import io.perpetua.application.access.LimitReached.Kind;
import io.perpetua.application.admission.AdmissionListener;
import io.perpetua.application.admission.AdmitRequests;
import io.perpetua.application.admission.Overloaded;
import io.perpetua.application.admission.Place;
import io.perpetua.application.cache.CacheUse;
import io.perpetua.application.chat.ChatAnswer.Streamed;
import io.perpetua.application.chat.CompleteChat.Gate;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ScriptedProvider;
import io.perpetua.domain.access.AllowedModels;
import io.perpetua.domain.access.ApiKey.Access;
import io.perpetua.domain.access.Budget;
import io.perpetua.domain.access.Budget.Period;
import io.perpetua.domain.access.Caller;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.access.Rates;
import io.perpetua.domain.admission.AdmissionPolicy;
import io.perpetua.domain.admission.Priority;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.usage.Usage;
import io.perpetua.domain.usage.Usage.Source;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is let in, and what is counted of it. The fake model takes a dollar a token of the prompt, two of the answer. */
class GateTest {

    private static final long DOLLAR = 1_000_000_000;
    private static final Usage USED = new Usage(10, 0, 0, 5, 0, Source.PROVIDER);

    private final World world = new World();

    private static Caller caller(AllowedModels models, Rates rates, @Nullable Long dollars) {
        return new Caller(
                "k",
                new Access(
                        "acme",
                        Set.of(Permission.CHAT),
                        models,
                        rates,
                        dollars == null ? null : Budget.of(BigDecimal.valueOf(dollars), Period.TOTAL)));
    }

    private static Caller paying(long dollars) {
        return caller(AllowedModels.ALL, Rates.UNLIMITED, dollars);
    }

    private static ChatRequest request(Caller caller, String model, @Nullable Integer longest, boolean stream) {
        return new ChatRequest(
                new Sender(caller, Scope.DEFAULT_NAMESPACE, null, null, Priority.NORMAL),
                "c",
                model,
                List.of(user("hello")),
                "{\"seed\":1}",
                1,
                longest,
                stream,
                false,
                MemoryOptions.DEFAULT,
                CacheUse.NONE);
    }

    private ChatAnswer complete(ChatRequest request) {
        return world.chat.complete(request, new Cancellation());
    }

    private Streamed stream(Caller caller, @Nullable Integer longest) {
        return (Streamed) complete(request(caller, "fake/small", longest, true));
    }

    private long spent() {
        return world.spending.spent("k", Period.TOTAL, World.NOON);
    }

    @Test
    void complete_answered_givesItsPlaceBack() {
        world.provider.reply().whole(assistant("hi"), USED);
        complete(request(Caller.LOCAL, "fake/small", null, false));
        assertThat(world.admission.state().served()).isZero();
    }

    @Test
    void complete_refused_givesItsPlaceBack() {
        assertThatThrownBy(() -> complete(request(Caller.LOCAL, "nobody/nothing", null, false)))
                .isInstanceOf(RequestRefused.class);
        assertThat(world.admission.state().served()).isZero();
    }

    @Test
    void complete_stream_holdsItsPlaceUntilItIsClosed() {
        world.provider.reply().content("1").finish("f").done(assistant("1"), USED);
        var streamed = stream(Caller.LOCAL, null);
        TurnStreamTest.all(streamed.stream());
        assertThat(world.admission.state().served()).isOne();
        streamed.stream().close();
        streamed.stream().close();
        assertThat(world.admission.state().served()).isZero();
    }

    @Test
    void complete_tooManyOfOneUser_waitsAndIsToldSo() throws InterruptedException {
        var sender = new Sender(Caller.LOCAL, "default", "anna", "anna", Priority.NORMAL);
        var places = List.of(enter(sender), enter(sender), enter(sender));
        var cancellation = new Cancellation();
        var fourth = Thread.ofVirtual()
                .unstarted(() -> assertThatThrownBy(() -> world.gate
                                .admission()
                                .enter(sender.visitor(), Priority.NORMAL, cancellation::whileWaiting))
                        .isInstanceOf(CancellationException.class));
        fourth.start();
        while (world.admission.state().waiting() == 0) {
            Thread.onSpinWait();
        }
        cancellation.cancel();
        fourth.join();
        assertThat(world.admission.state().waiting()).isZero();
        places.forEach(Place::close);
    }

    private Place enter(Sender sender) {
        return world.admission.enter(sender.visitor(), Priority.NORMAL, new Cancellation()::whileWaiting);
    }

    @Test
    void complete_answered_costsWhatItsUsageCosts() {
        world.provider.reply().whole(assistant("hi"), USED);
        complete(request(paying(1_000), "fake/small", 100, false));
        assertThat(spent()).isEqualTo(20 * DOLLAR);
    }

    @Test
    void complete_whileItIsAnswered_isReservedAtItsMost() {
        world.provider.reply().content("1").finish("f").done(assistant("1"), USED);
        var streamed = stream(paying(1_000), 100);
        long sent = streamed.report().tokens().sent();
        assertThat(spent()).isEqualTo(((long) Math.ceil(sent * 1.5) + 200) * DOLLAR);
        TurnStreamTest.all(streamed.stream());
        assertThat(spent()).isEqualTo(20 * DOLLAR);
    }

    @Test
    void complete_moreThanTheBudgetHas_isRefusedAndNobodyIsAsked() {
        assertThatExceptionOfType(LimitReached.class)
                .isThrownBy(() -> complete(request(paying(100), "fake/small", 100, false)))
                .satisfies(reached -> assertThat(reached.kind()).isEqualTo(Kind.BUDGET));
        assertThat(world.provider.asked()).isEmpty();
        assertThat(spent()).isZero();
        assertThat(world.admission.state().served()).isZero();
    }

    @Test
    void complete_paidWithoutABound_isSentWithOne() {
        world.provider.reply().whole(assistant("hi"), USED);
        complete(request(paying(100_000), "fake/small", null, false));
        assertThat(world.provider.asked().getFirst().parameters())
                .isEqualTo("{\"max_completion_tokens\":4096,\"seed\":1}");
    }

    @Test
    void complete_nobodyAnswers_costsNothing() {
        world.provider.refuse(
                new ProviderFailure(ProviderFailure.Kind.UNAVAILABLE, "fake", "down", 503, null, null, null));
        assertThatThrownBy(() -> complete(request(paying(1_000), "fake/small", 100, false)))
                .isInstanceOf(ChatFailed.class);
        assertThat(spent()).isZero();
    }

    @Test
    void next_answerBreaksOff_costsThePromptAndWhatMayHaveBeenSaid() {
        world.provider
                .reply()
                .content("{\"delta\":{\"content\":\"twelve chars\"}}")
                .breakOff(
                        new ProviderFailure(ProviderFailure.Kind.TRUNCATED, "fake", "broke off", 0, null, null, null));
        var streamed = stream(paying(100_000), 1_000);
        streamed.stream().next(Duration.ZERO);
        assertThatThrownBy(() -> streamed.stream().next(Duration.ZERO)).isInstanceOf(ChatFailed.class);
        long sent = streamed.report().tokens().sent();
        assertThat(spent()).isEqualTo(((long) Math.ceil(sent * 1.5) + 2 * (6 + 256)) * DOLLAR);
    }

    @Test
    void complete_callsInVainThatMayBeBilled_areEachCounted() {
        for (int i = 0; i < 2; i++) {
            world.provider.refuse(
                    new ProviderFailure(ProviderFailure.Kind.TIMEOUT, "fake", "late", 0, null, null, null));
        }
        var chat = world.chat(world.prepare, 1);
        assertThatThrownBy(() -> chat.complete(request(paying(10_000), "fake/small", 100, false), new Cancellation()))
                .isInstanceOf(ChatFailed.class);
        assertThat(world.provider.asked()).hasSize(2);
        assertThat(spent()).isEqualTo(2 * reserved(100));
    }

    @Test
    void complete_anotherCallThatTheBudgetDoesNotPay_isNotMade() {
        world.provider.refuse(new ProviderFailure(ProviderFailure.Kind.TIMEOUT, "fake", "late", 0, null, null, null));
        var chat = world.chat(world.prepare, 1);
        assertThatThrownBy(() -> chat.complete(request(paying(300), "fake/small", 100, false), new Cancellation()))
                .isInstanceOf(LimitReached.class);
        assertThat(world.provider.asked()).hasSize(1);
    }

    /** Dollars, in billionths, that are reserved for a question of 9 tokens and an answer of at most so many. */
    private static long reserved(int answer) {
        return (14 + 2L * answer) * DOLLAR;
    }

    @Test
    void close_clientLeaves_costsNoMoreThanWasReserved() {
        world.provider.reply().content("{}");
        var streamed = stream(paying(1_000), 100);
        long reserved = spent();
        streamed.stream().close();
        assertThat(spent()).isEqualTo(reserved).isPositive();
    }

    @Test
    void complete_givenAgain_costsNothing() {
        world.provider.reply().whole(assistant("hi"), USED);
        var request = request(paying(1_000), "fake/small", 100, false);
        var cached = new ChatRequest(
                request.sender(),
                null,
                request.model(),
                request.messages(),
                request.parameters(),
                1,
                request.longestAnswer(),
                false,
                false,
                MemoryOptions.DEFAULT,
                CacheUse.READ_AND_KEEP);
        complete(cached);
        complete(cached);
        assertThat(world.provider.asked()).hasSize(1);
        assertThat(spent()).isEqualTo(20 * DOLLAR);
    }

    @Test
    void complete_moreTokensThanTheKeyMay_isRefused() {
        var caller = caller(AllowedModels.ALL, new Rates(null, null, 1_030L, null), null);
        world.provider.reply().whole(assistant("hi"), USED);
        complete(request(caller, "fake/small", null, false));
        assertThatExceptionOfType(LimitReached.class)
                .isThrownBy(() -> complete(request(caller, "fake/small", null, false)))
                .satisfies(reached -> assertThat(reached.kind()).isEqualTo(Kind.TOKENS));
    }

    @Test
    void complete_modelThatTheKeyMayNotAsk_isRefused() {
        var caller = caller(new AllowedModels(List.of("fake/unpriced", "other/*")), Rates.UNLIMITED, null);
        assertThatExceptionOfType(RequestRefused.class)
                .isThrownBy(() -> complete(request(caller, "fake/small", null, false)))
                .satisfies(refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.FORBIDDEN);
                    assertThat(refused.code()).isEqualTo("model_not_allowed");
                });
        world.provider.reply().whole(assistant("hi"), USED);
        complete(request(caller, "auto", null, false));
        assertThat(world.provider.asked().getFirst().model()).isEqualTo(ScriptedProvider.UNPRICED.name());
    }

    @Test
    void complete_modelOfUnknownPriceOnABudget_isRefused() {
        assertThatExceptionOfType(RequestRefused.class)
                .isThrownBy(() -> complete(request(paying(1_000), "fake/unpriced", null, false)))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("price_unknown"));
    }

    @Test
    void complete_paidForSeveralChoices_isReservedForEachOfThem() {
        var one = request(paying(1_000), "fake/small", 100, true);
        var several = new ChatRequest(
                one.sender(),
                one.conversationId(),
                one.model(),
                one.messages(),
                one.parameters(),
                4,
                one.longestAnswer(),
                true,
                false,
                MemoryOptions.DEFAULT,
                CacheUse.NONE);
        world.provider.reply().content("1").finish("f").done(assistant("1"), USED);
        complete(several);
        assertThat(spent()).isEqualTo(reserved(400));
    }

    @Test
    void complete_muchThatIsNotCounted_isReservedByItsLength() {
        var one = request(paying(1_000), "fake/small", 100, true);
        var schema = new ChatRequest(
                one.sender(),
                one.conversationId(),
                one.model(),
                one.messages(),
                "{\"prediction\":\"" + "x".repeat(6_000) + "\"}",
                1,
                one.longestAnswer(),
                true,
                false,
                MemoryOptions.DEFAULT,
                CacheUse.NONE);
        assertThatThrownBy(() -> complete(schema)).isInstanceOf(LimitReached.class);
    }

    @Test
    void complete_moreTokensThanAnyMinuteHas_isTheRequestsFault() {
        var caller = caller(AllowedModels.ALL, new Rates(null, null, 100L, null), null);
        assertThatExceptionOfType(RequestRefused.class)
                .isThrownBy(() -> complete(request(caller, "fake/small", 1_000, false)))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("request_exceeds_limit"));
    }

    @Test
    void complete_queueIsFull_isRefusedAndNothingIsStored() {
        var world = new World();
        var visitor = new Sender(Caller.LOCAL, "default", "anna", "anna", Priority.NORMAL).visitor();
        var queue = new AdmitRequests(
                new AdmissionPolicy(1, 1, 0, 0, 1, Duration.ofSeconds(30), Duration.ofSeconds(5)),
                () -> 0,
                AdmissionListener.NONE);
        var gate = new Gate(queue, world.meter, 1_000);
        queue.enter(visitor, Priority.NORMAL, new Cancellation()::whileWaiting);
        assertThatThrownBy(() -> world.chat(gate, world.prepare, 0)
                        .complete(request(Caller.LOCAL, "fake/small", null, false), new Cancellation()))
                .isInstanceOf(Overloaded.class);
        assertThat(world.find("c")).isNull();
        assertThat(world.provider.asked()).isEmpty();
    }
}
