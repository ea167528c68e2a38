package io.perpetua.application.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.resilience.Retries.MayPass;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderFailure.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ImpatientRetriesTest extends RetriesContract {

    private final ImpatientRetries retries = new ImpatientRetries();

    @Override
    protected Retries retries() {
        return retries;
    }

    @Test
    void retried_countsWhatFollowedTheFirst() {
        var failure = new ProviderFailure(Kind.TIMEOUT, "one", "scripted", 0, null, null, null);
        assertThatThrownBy(() -> retries.retry(() -> {
                    throw new MayPass(failure, Duration.ZERO);
                }))
                .isInstanceOf(MayPass.class);
        assertThat(retries.retried()).isEqualTo(3);
    }
}
