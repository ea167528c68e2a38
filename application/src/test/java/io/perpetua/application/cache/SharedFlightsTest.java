package io.perpetua.application.cache;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.Pause;
import io.perpetua.application.cache.ReuseAnswers.Asked;
import io.perpetua.application.conversation.InMemoryRecord;
import io.perpetua.application.lease.HoldLeases;
import io.perpetua.application.lease.InMemoryLeases;
import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.domain.conversation.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Several instances over one store. */
class SharedFlightsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration LENGTH = Duration.ofSeconds(10);
    private static final Asked QUESTION =
            new Asked(new Scope("local", "default"), "auto", "{}", List.of(user("Capital of France?")));
    private static final Answer PARIS = new Answer(
            assistant("Paris"), "stop", null, "small", assistant("Paris").wire());
    private static final Answer HALF = new Answer(
            assistant("Par"), "length", null, "small", assistant("Par").wire());

    private final AnswerCache cache = new InMemoryRecord().stores().answers();
    private final AtomicInteger pauses = new AtomicInteger();
    private long nanos;
    private final InMemoryLeases leases = new InMemoryLeases(() -> nanos);
    private final ReuseAnswers first = instance("first", _ -> {});

    @Test
    void look_anotherInstanceAsks_isWaitedForAndItsAnswerGiven() {
        var asked = ask(first);
        var second = instance("second", onPause(3, () -> keep(asked, PARIS)));

        assertThat(look(second))
                .isInstanceOfSatisfying(
                        Lookup.Hit.class,
                        hit -> assertThat(hit.answer().model()).isEqualTo("gpt-4o-mini"));
        assertThat(pauses).hasValue(3);
        assertThat(look(first)).isInstanceOf(Lookup.Hit.class);
    }

    @Test
    void look_answerWasKept_leavesNobodyWaiting() {
        keep(ask(first), PARIS);
        assertThat(look(first)).isInstanceOf(Lookup.Hit.class);

        assertThat(look(instance("second", onPause(1, () -> {})))).isInstanceOf(Lookup.Hit.class);
        assertThat(pauses).hasValue(0);
    }

    @Test
    void look_anothersAnswerIsNobodyElses_everyoneAsksAtOnce() {
        var asked = ask(first);
        var second = instance("second", onPause(1, () -> keep(asked, HALF)));

        assertThat(look(second)).isInstanceOf(Lookup.Ask.class);

        assertThat(look(instance("third", onPause(5, () -> {}))))
                .as("does not wait for the second")
                .isInstanceOf(Lookup.Ask.class);
        assertThat(pauses).hasValue(1);
    }

    @Test
    void look_anotherFails_isAskedHere() {
        var asked = ask(first);

        assertThat(look(instance("second", onPause(2, asked.flight()::failed)))).isInstanceOf(Lookup.Ask.class);
        assertThat(pauses).hasValue(2);
    }

    @Test
    void look_anothersClientLeaves_isAskedHere() {
        var asked = ask(first);

        assertThat(look(instance("second", onPause(2, asked.flight()::close)))).isInstanceOf(Lookup.Ask.class);
    }

    @Test
    void look_anotherDies_isAskedHereWhenItsLeaseHasEnded() {
        ask(first);
        var second = instance("second", onPause(4, () -> nanos += LENGTH.toNanos()));

        assertThat(look(second)).isInstanceOf(Lookup.Ask.class);
        assertThat(pauses).hasValue(4);
    }

    @Test
    void look_anotherTakesTooLong_isAskedHere() {
        ask(first);

        assertThat(look(instance("second", onPause(-1, () -> {})))).isInstanceOf(Lookup.Ask.class);
        assertThat(SharedFlights.BETWEEN_LOOKS.multipliedBy(pauses.get())).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void look_ownClientLeaves_endsTheWaitingAndKeepsNobodyHere() {
        var asked = ask(first);
        var second = instance("second", _ -> {
            throw new InterruptedException();
        });

        assertThatThrownBy(() -> look(second)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();

        keep(asked, PARIS);
        assertThat(look(second)).isInstanceOf(Lookup.Hit.class);
    }

    @Test
    void look_leasesAway_asksAndSaysSo() {
        ask(first);
        leases.away(true);

        assertThat(look(instance("second", onPause(1, () -> {}))))
                .isInstanceOfSatisfying(
                        Lookup.Ask.class, ask -> assertThat(ask.degraded()).isTrue());
        assertThat(pauses).hasValue(0);
    }

    /** Pauses that take no time; in the {@code number}-th something happens. */
    private Pause onPause(int number, Runnable happens) {
        return _ -> {
            if (pauses.incrementAndGet() == number) {
                happens.run();
            }
        };
    }

    private ReuseAnswers instance(String name, Pause pause) {
        return new ReuseAnswers(
                cache,
                new PlainCompletions(),
                () -> NOON,
                new CacheLimits(Duration.ofMinutes(1), 10, 1_000_000),
                new HoldLeases(leases, name, LENGTH),
                pause);
    }

    private static Lookup.Ask ask(ReuseAnswers instance) {
        return (Lookup.Ask) look(instance);
    }

    private static void keep(Lookup.Ask asked, Answer answer) {
        asked.flight().keep(answer, "openai", "gpt-4o-mini", null);
    }

    private static Lookup look(ReuseAnswers instance) {
        return instance.look(QUESTION, CacheUse.READ_AND_KEEP, Supplier::get);
    }
}
