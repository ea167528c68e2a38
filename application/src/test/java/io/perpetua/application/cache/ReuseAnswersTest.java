package io.perpetua.application.cache;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.calls;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.Waiting;
import io.perpetua.application.cache.ReuseAnswers.Asked;
import io.perpetua.application.conversation.InMemoryRecord;
import io.perpetua.application.lease.HoldLeases;
import io.perpetua.application.lease.InMemoryLeases;
import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.application.routing.ProviderReply.Event;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReuseAnswersTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Scope SCOPE = new Scope("local", "default");
    private static final Asked QUESTION = asked("{}");
    private static final Answer PARIS = answer(assistant("Paris"), "stop");

    private final InMemoryRecord record = new InMemoryRecord();
    private final CacheLimits limits = new CacheLimits(Duration.ofMinutes(1), 10, 1_000_000);
    private Instant now = NOON;
    private final ReuseAnswers answers = over(record.stores().answers());

    @Test
    void look_firstTime_isAMiss() {
        var ask = ask(QUESTION, CacheUse.READ_AND_KEEP);

        assertThat(ask.flight().status()).isEqualTo(CacheStatus.MISS);
        assertThat(ask.degraded()).isFalse();
    }

    @Test
    void look_keptBefore_isAHitWithWhoAnswered() {
        keep(PARIS);

        var hit = hit(QUESTION);

        assertThat(hit.answer().provider()).isEqualTo("openai");
        assertThat(hit.answer().model()).isEqualTo("gpt-4o-mini");
        assertThat(whole(hit).message().text()).isEqualTo("Paris");
    }

    @Test
    void look_keptFromAStream_isAHitInOnePiece() {
        keep(new Answer(assistant("Paris"), "stop", null, "small", null));

        assertThat(whole(hit(QUESTION)).body()).isEqualTo(assistant("Paris").wire());
    }

    @Test
    void replay_toAStreamingClient_isAStreamWithoutABody() {
        keep(PARIS);

        var reply = answers.replay(hit(QUESTION).answer(), true);

        var events = new ArrayList<@Nullable Event>();
        do {
            events.add(reply.next(Duration.ZERO));
        } while (!(events.getLast() instanceof Event.Done));
        assertThat(events).hasSize(4);
        assertThat(((Event.Done) events.getLast()).answer().body()).isNull();
    }

    @Test
    void look_expired_isAMiss() {
        keep(PARIS);
        now = NOON.plusSeconds(60);

        assertThat(ask(QUESTION, CacheUse.READ_AND_KEEP).flight().status()).isEqualTo(CacheStatus.MISS);
    }

    @Test
    void look_onlyDeliveryDiffers_isAHit() {
        keep(PARIS);

        assertThat(hit(asked("{\"stream_options\":{}}"))).isNotNull();
    }

    @Test
    void keep_whatIsNoWholePlainAnswer_isNotKept() {
        var unfit = List.of(
                answer(assistant("Par"), "length"),
                answer(assistant("Par"), null),
                answer(calls("look_up"), "stop"),
                answer(assistant(" "), "stop"),
                answer(assistant("x".repeat(ReuseAnswers.LARGEST)), "stop"));

        unfit.forEach(this::keep);

        assertThat(ask(QUESTION, CacheUse.READ_AND_KEEP)).isNotNull();
    }

    @Test
    void look_severalChoices_bypasses() {
        var several = asked("{\"n\":2}");
        var first = ask(several, CacheUse.READ_AND_KEEP);
        first.flight().keep(PARIS, "openai", "gpt-4o-mini", null);

        assertThat(first.flight().status()).isEqualTo(CacheStatus.BYPASS);
        assertThat(ask(several, CacheUse.READ_AND_KEEP)).isNotNull();
    }

    @Test
    void look_noStore_neitherReadsNorKeeps() {
        ask(QUESTION, CacheUse.NONE).flight().keep(PARIS, "openai", "gpt-4o-mini", null);
        ask(QUESTION, CacheUse.READ_AND_KEEP).flight().close();
        keep(PARIS);

        assertThat(ask(QUESTION, CacheUse.NONE).flight().status()).isEqualTo(CacheStatus.BYPASS);
    }

    @Test
    void look_noCache_readsNothingAndKeepsTheNewAnswer() {
        keep(PARIS);
        var again = ask(QUESTION, CacheUse.KEEP);

        again.flight().keep(answer(assistant("Lyon"), "stop"), "openai", "gpt-4o-mini", null);

        assertThat(again.flight().status()).isEqualTo(CacheStatus.BYPASS);
        assertThat(whole(hit(QUESTION)).message().text()).isEqualTo("Lyon");
    }

    @Test
    void look_switchedOff_bypasses() {
        var off = over(null);

        assertThat(off.look(QUESTION, CacheUse.READ_AND_KEEP, waiting(() -> {})))
                .isInstanceOfSatisfying(
                        Lookup.Ask.class,
                        ask -> assertThat(ask.flight().status()).isEqualTo(CacheStatus.BYPASS));
    }

    @Test
    void look_storeAway_isAMissThatSaysSo() {
        var away = over(new AwayCache());

        var first = (Lookup.Ask) away.look(QUESTION, CacheUse.READ_AND_KEEP, waiting(() -> {}));
        first.flight().keep(PARIS, "openai", "gpt-4o-mini", null);
        var second = (Lookup.Ask) away.look(QUESTION, CacheUse.READ_AND_KEEP, waiting(() -> {}));

        assertThat(first.degraded()).isTrue();
        assertThat(second.flight().status()).isEqualTo(CacheStatus.MISS);
    }

    @Test
    void look_twentyAtOnce_oneAsksAndAllGetItsAnswerEvenIfTheStoreIsAway() throws Exception {
        for (var cache : List.of(record.stores().answers(), new AwayCache())) {
            assertThat(atOnce(over(cache), PARIS)).isEqualTo(1);
        }
    }

    @Test
    void look_twentyAtOnceForWhatCannotBeShared_allAsk() throws Exception {
        assertThat(atOnce(answers, answer(calls("look_up"), "tool_calls"))).isEqualTo(20);
    }

    /** Has twenty threads look at once. Returns how many of them had to ask. */
    private static int atOnce(ReuseAnswers answers, Answer given) throws Exception {
        var followers = new CountDownLatch(19);
        var asked = new AtomicInteger();
        Callable<Integer> one = () -> {
            if (answers.look(QUESTION, CacheUse.READ_AND_KEEP, waiting(followers::countDown))
                    instanceof Lookup.Ask ask) {
                if (asked.incrementAndGet() == 1) {
                    followers.await();
                }
                ask.flight().keep(given, "openai", "gpt-4o-mini", null);
            }
            return 1;
        };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each :
                    threads.invokeAll(Stream.generate(() -> one).limit(20).toList())) {
                each.get();
            }
        }
        return asked.get();
    }

    private ReuseAnswers over(@Nullable AnswerCache cache) {
        var leases = new HoldLeases(new InMemoryLeases(() -> 0), "this", Duration.ofSeconds(10));
        return new ReuseAnswers(cache, new PlainCompletions(), () -> now, limits, leases, _ -> {});
    }

    private void keep(Answer answer) {
        ask(QUESTION, CacheUse.READ_AND_KEEP).flight().keep(answer, "openai", "gpt-4o-mini", null);
    }

    /** A lookup that has to ask, and whose flight does not keep others waiting. */
    private Lookup.Ask ask(Asked asked, CacheUse use) {
        var ask = (Lookup.Ask) answers.look(asked, use, waiting(() -> {}));
        return ask;
    }

    private Lookup.Hit hit(Asked asked) {
        return (Lookup.Hit) answers.look(asked, CacheUse.READ_AND_KEEP, waiting(() -> {}));
    }

    private Answer whole(Lookup.Hit hit) {
        var reply = answers.replay(hit.answer(), false);
        return reply.next(Duration.ZERO) instanceof Event.Done(var answer) ? answer : PARIS;
    }

    private static Asked asked(String parameters) {
        return new Asked(SCOPE, "auto", parameters, List.of(user("Capital of France?")));
    }

    private static Answer answer(Message message, @Nullable String finishReason) {
        return new Answer(message, finishReason, null, "small", message.wire());
    }

    private static Waiting waiting(Runnable before) {
        return new Waiting() {
            @Override
            public <T> T until(Supplier<T> wait) {
                before.run();
                return wait.get();
            }
        };
    }

    private static final class AwayCache implements AnswerCache {

        @Override
        public @Nullable CachedAnswer find(CacheKey key, Instant now) {
            throw new StoreUnavailable("away", new IllegalStateException());
        }

        @Override
        public void keep(
                CacheKey key, CachedAnswer answer, @Nullable ConversationKey from, Instant now, CacheLimits limits) {
            throw new StoreUnavailable("away", new IllegalStateException());
        }
    }
}
