package io.perpetua.application.lease;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.StoreUnavailable;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HoldLeasesTest {

    private static final Duration LENGTH = Duration.ofSeconds(10);
    private static final String WHAT = "brief";

    private long now;
    private final InMemoryLeases leases = new InMemoryLeases(() -> now);
    private final HoldLeases one = new HoldLeases(leases, "one", LENGTH);
    private final HoldLeases other = new HoldLeases(leases, "other", LENGTH);

    @Test
    void take_heldByAnotherInstance_isNotGivenUntilItIsClosed() {
        var lease = requireNonNull(one.take(WHAT));
        assertThat(other.take(WHAT)).isNull();

        lease.close();

        assertThat(other.take(WHAT)).isNotNull();
    }

    @Test
    void renew_keepsWhatIsHeldForAsLongAsItTakes() {
        one.take(WHAT);
        for (int i = 0; i < 5; i++) {
            pass(Duration.ofSeconds(9));
            one.renew();
        }

        assertThat(other.take(WHAT)).isNull();
    }

    @Test
    void renew_closed_isNotHeldAgain() {
        requireNonNull(one.take(WHAT)).close();
        one.renew();

        assertThat(other.take(WHAT)).isNotNull();
    }

    @Test
    void instanceThatDies_freesWhatItHeldWithinALeasesLength() {
        one.take(WHAT);
        pass(LENGTH);

        assertThat(other.take(WHAT)).isNotNull();
        one.renew();
        assertThat(other.take(WHAT)).as("what was lost is not taken back").isNotNull();
    }

    @Test
    void storeAway_saysSo() {
        one.take(WHAT);
        leases.away(true);

        assertThatThrownBy(() -> one.take("another")).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(one::renew).isInstanceOf(StoreUnavailable.class);
        leases.away(false);
        pass(Duration.ofSeconds(9));
        one.renew();
        pass(Duration.ofSeconds(9));
        assertThat(other.take(WHAT)).as("still held").isNull();
    }

    @Test
    void renew_givenUpAndTakenAgainMeanwhile_isHeldOn() {
        var meddled = new MeddledLeases(leases);
        var three = new HoldLeases(meddled, "three", LENGTH);
        var lease = requireNonNull(three.take(WHAT));
        meddled.meanwhile = () -> {
            lease.close();
            meddled.afterwards = () -> three.take(WHAT);
        };
        three.renew();

        pass(Duration.ofSeconds(9));
        three.renew();
        pass(Duration.ofSeconds(9));
        assertThat(other.take(WHAT)).as("still held").isNull();
    }

    @Test
    void take_answerLost_isGivenUp() {
        var meddled = new MeddledLeases(leases);
        meddled.loses = true;
        var three = new HoldLeases(meddled, "three", LENGTH);

        assertThatThrownBy(() -> three.take(WHAT)).isInstanceOf(StoreUnavailable.class);

        assertThat(other.take(WHAT)).isNotNull();
    }

    @Test
    void take_answerLostOfWhatIsHeld_isHeldOn() {
        var meddled = new MeddledLeases(leases);
        var three = new HoldLeases(meddled, "three", LENGTH);
        three.take(WHAT);
        meddled.loses = true;

        assertThatThrownBy(() -> three.take(WHAT)).isInstanceOf(StoreUnavailable.class);

        assertThat(other.take(WHAT)).isNull();
    }

    /** Leases to which something happens around a renewal, and that may take and not tell. */
    private static final class MeddledLeases implements Leases {

        private final Leases real;
        private Runnable meanwhile = () -> {};
        private Runnable afterwards = () -> {};
        private boolean loses;

        MeddledLeases(Leases real) {
            this.real = real;
        }

        @Override
        public boolean take(String what, String holder, Duration length) {
            boolean taken = real.take(what, holder, length);
            if (loses) {
                throw new StoreUnavailable("lost", new IllegalStateException());
            }
            return taken;
        }

        @Override
        public Set<String> renew(Set<String> whats, String holder, Duration length) {
            meanwhile.run();
            meanwhile = () -> {};
            var lost = real.renew(whats, holder, length);
            afterwards.run();
            afterwards = () -> {};
            return lost;
        }

        @Override
        public void release(String what, String holder) {
            real.release(what, holder);
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
