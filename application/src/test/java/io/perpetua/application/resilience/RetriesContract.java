package io.perpetua.application.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.resilience.Retries.MayPass;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderFailure.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Retries} owes its callers: three more attempts after the first. */
public abstract class RetriesContract {

    private final List<MayPass> failures = new ArrayList<>();

    protected abstract Retries retries();

    @Test
    void retry_firstAttemptWorks_isTheOnlyOne() {
        assertThat(retries().retry(() -> failing(0))).isEqualTo("after 0");
    }

    @Test
    void retry_itPasses_returnsWhatComes() {
        assertThat(retries().retry(() -> failing(2))).isEqualTo("after 2");
    }

    @Test
    void retry_thriceInVain_triesAFourthTime() {
        assertThat(retries().retry(() -> failing(3))).isEqualTo("after 3");
    }

    @Test
    void retry_allInVain_throwsTheLastFailure() {
        assertThatThrownBy(() -> retries().retry(() -> failing(100)))
                .satisfies(thrown -> assertThat(thrown).isSameAs(failures.getLast()));
        assertThat(failures).hasSize(4);
    }

    @Test
    void retry_afterAllWasInVain_beginsAnew() {
        assertThatThrownBy(() -> retries().retry(() -> failing(100))).isInstanceOf(MayPass.class);
        failures.clear();

        assertThat(retries().retry(() -> failing(3))).isEqualTo("after 3");
    }

    @Test
    void retry_anythingElse_isThrownAtOnce() {
        var failure = failure();
        var attempts = new ArrayList<String>();
        assertThatThrownBy(() -> retries().retry(() -> {
                    attempts.add("another");
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(attempts).hasSize(1);
    }

    @Test
    void mayPass_carriesItsFailure() {
        var failure = failure();
        assertThat(new MayPass(failure, Duration.ZERO).failure()).isSameAs(failure);
    }

    private String failing(int times) {
        if (failures.size() < times) {
            failures.add(new MayPass(failure(), Duration.ZERO));
            throw failures.getLast();
        }
        return "after " + failures.size();
    }

    private static ProviderFailure failure() {
        return new ProviderFailure(Kind.UNAVAILABLE, "one", "scripted", 503, null, null, null);
    }
}
