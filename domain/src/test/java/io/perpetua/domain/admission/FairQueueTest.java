package io.perpetua.domain.admission;

import static io.perpetua.domain.admission.Priority.BATCH;
import static io.perpetua.domain.admission.Priority.MAINTENANCE;
import static io.perpetua.domain.admission.Priority.NORMAL;
import static io.perpetua.domain.admission.Priority.URGENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.admission.FairQueue.Arrival;
import io.perpetua.domain.admission.FairQueue.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FairQueueTest {

    private static final long SECOND = 1_000_000_000;
    private static final List<Priority> PRIORITIES = List.of(Priority.values());

    private static AdmissionPolicy policy(int atOnce, int perUser, int waiting, int waitingPerUser) {
        return new AdmissionPolicy(
                atOnce, perUser, waiting, waitingPerUser, 0.5, Duration.ofSeconds(30), Duration.ofSeconds(5));
    }

    private static Ticket ticket(String user, Priority priority) {
        return ticket(user, priority, 0);
    }

    private static Ticket ticket(String user, Priority priority, long now) {
        return new Ticket(new Visitor(user, true), priority, now);
    }

    private static Ticket served(FairQueue queue, String user) {
        var ticket = ticket(user, NORMAL);
        assertThat(queue.arrive(ticket, 0)).isEqualTo(new Arrival.Served());
        return ticket;
    }

    private static Ticket waits(FairQueue queue, Ticket ticket) {
        assertThat(queue.arrive(ticket, 0)).isEqualTo(new Arrival.Waits(null));
        return ticket;
    }

    @Test
    void arrive_whilePlacesAreFree_isServed() {
        var queue = new FairQueue(policy(2, 2, 10, 10));
        served(queue, "a");
        served(queue, "b");
        waits(queue, ticket("c", URGENT));
        assertThat(queue.served()).isEqualTo(2);
        assertThat(queue.waiting()).isEqualTo(1);
    }

    @Test
    void arrive_ofAUserWhoHasItsShare_waitsWhileOthersAreServed() {
        var queue = new FairQueue(policy(10, 3, 10, 10));
        var first = served(queue, "a");
        served(queue, "a");
        served(queue, "a");
        var fourth = waits(queue, ticket("a", URGENT));
        served(queue, "b");
        assertThat(queue.leave(first, 0)).containsExactly(fourth);
    }

    @Test
    void arrive_ofUsersThatAreNotNamed_isNotHeldUpByAShare() {
        var queue = new FairQueue(policy(10, 3, 10, 10));
        for (int i = 0; i < 10; i++) {
            assertThat(queue.arrive(new Ticket(new Visitor("application", false), NORMAL, 0), 0))
                    .isEqualTo(new Arrival.Served());
        }
    }

    @Test
    void leave_letsTheMostUrgentInFirst() {
        var queue = new FairQueue(policy(1, 1, 10, 10));
        var now = served(queue, "x");
        var maintenance = waits(queue, ticket("a", MAINTENANCE));
        var batch = waits(queue, ticket("b", BATCH));
        var normal = waits(queue, ticket("c", NORMAL));
        var urgent = waits(queue, ticket("d", URGENT));
        var order = new ArrayList<Ticket>();
        for (var each = now;
                each != null;
                each = queue.leave(each, 0).stream().findFirst().orElse(null)) {
            order.add(each);
        }
        assertThat(order).containsExactly(now, urgent, normal, batch, maintenance);
    }

    @Test
    void leave_afterAgeing_letsTheOneInThatWaitedLongest() {
        var queue = new FairQueue(policy(1, 1, 10, 10));
        var now = served(queue, "x");
        var maintenance = ticket("a", MAINTENANCE);
        queue.arrive(maintenance, 0);
        queue.arrive(ticket("b", URGENT, 14 * SECOND), 14 * SECOND);
        assertThat(queue.leave(now, 15 * SECOND)).containsExactly(maintenance);
    }

    @Test
    void leave_beforeAgeing_letsTheMoreUrgentIn() {
        var queue = new FairQueue(policy(1, 1, 10, 10));
        var now = served(queue, "x");
        queue.arrive(ticket("a", MAINTENANCE), 0);
        var urgent = ticket("b", URGENT, 14 * SECOND);
        queue.arrive(urgent, 14 * SECOND);
        assertThat(queue.leave(now, 15 * SECOND - 1)).containsExactly(urgent);
    }

    @Test
    void leave_letsUsersTakeTurns() {
        var queue = new FairQueue(policy(1, 1, 100, 100));
        var now = served(queue, "x");
        for (int i = 0; i < 5; i++) {
            waits(queue, ticket("many", NORMAL));
        }
        waits(queue, ticket("few", NORMAL));
        waits(queue, ticket("few", NORMAL));
        var users = new ArrayList<String>();
        for (var each = now;
                each != null;
                each = queue.leave(each, 0).stream().findFirst().orElse(null)) {
            users.add(user(each));
        }
        assertThat(users).containsExactly("x", "many", "few", "many", "few", "many", "many", "many");
    }

    @Test
    void leave_ofOneWhoCameBackAtOnce_doesNotLetItOvertakeAFlood() {
        var queue = new FairQueue(policy(1, 1, 100, 100));
        var now = served(queue, "x");
        for (int i = 0; i < 10; i++) {
            waits(queue, ticket("flood", NORMAL));
        }
        // Ten users, each with one request at a time, who ask again as soon as they were served.
        for (int i = 0; i < 10; i++) {
            waits(queue, ticket("single" + i, NORMAL));
        }
        int flood = 0;
        for (int i = 0; i < 44; i++) {
            now = queue.leave(now, 0).getFirst();
            if (user(now).equals("flood")) {
                flood++;
            } else {
                waits(queue, ticket(user(now), NORMAL));
            }
        }
        assertThat(flood).isEqualTo(4); // one in eleven
    }

    @Test
    void arrive_whenAUserHasAsManyWaitingAsMayBe_isSentAway() {
        var queue = new FairQueue(policy(1, 1, 10, 2));
        served(queue, "a");
        waits(queue, ticket("a", NORMAL));
        waits(queue, ticket("a", NORMAL));
        assertThat(queue.arrive(ticket("a", URGENT), 0)).isEqualTo(new Arrival.UserFull());
        waits(queue, ticket("b", NORMAL));
    }

    @Test
    void arrive_whenNobodyMoreMayWait_isSentAwayUnlessItIsMoreUrgent() {
        var queue = new FairQueue(policy(1, 1, 2, 2));
        served(queue, "a");
        var normal = waits(queue, ticket("b", NORMAL));
        var batch = waits(queue, ticket("c", BATCH));
        assertThat(queue.arrive(ticket("d", BATCH), 0)).isEqualTo(new Arrival.Full());
        assertThat(queue.arrive(ticket("e", NORMAL), 0)).isEqualTo(new Arrival.Waits(batch));
        assertThat(queue.arrive(ticket("f", NORMAL), 0)).isEqualTo(new Arrival.Full());
        assertThat(queue.waiting()).isEqualTo(2);
        assertThat(queue.withdraw(batch)).isFalse();
        assertThat(queue.withdraw(normal)).isTrue();
    }

    @Test
    void arrive_ofAnUrgentOne_displacesNobodyWhoWaitedLongEnough() {
        var queue = new FairQueue(policy(1, 1, 1, 1));
        served(queue, "a");
        queue.arrive(ticket("b", BATCH), 0);
        assertThat(queue.arrive(ticket("c", URGENT, 10 * SECOND), 10 * SECOND)).isEqualTo(new Arrival.Full());
    }

    @Test
    void withdraw_ofOneThatWaits_leavesNoTrace() {
        var queue = new FairQueue(policy(1, 1, 10, 10));
        var now = served(queue, "a");
        var gone = waits(queue, ticket("b", NORMAL));
        assertThat(queue.withdraw(gone)).isTrue();
        assertThat(queue.withdraw(gone)).isFalse();
        assertThat(queue.leave(now, 0)).isEmpty();
        assertThat(queue.served()).isZero();
    }

    @Test
    void arrive_ofManyWhoComeAndGo_leavesNothingBehind() {
        var queue = new FairQueue(policy(2, 2, 10, 10));
        for (int i = 0; i < 1_000; i++) {
            queue.leave(served(queue, "u" + i), 0);
        }
        assertThat(queue.remembered()).isZero();
    }

    @Test
    void withdraw_ofMany_costsTheirUserNoTurn() {
        var queue = new FairQueue(policy(1, 1, 1_000, 1_000));
        var now = served(queue, "x");
        for (int i = 0; i < 200; i++) {
            queue.withdraw(waits(queue, ticket("a", NORMAL)));
            waits(queue, ticket("b", NORMAL));
        }
        var patient = waits(queue, ticket("a", NORMAL));
        now = queue.leave(now, 0).getFirst();
        assertThat(user(now)).isEqualTo("b");
        assertThat(queue.leave(now, 0)).containsExactly(patient);
    }

    private static Ticket of(String tenant, String user) {
        return new Ticket(new Visitor(tenant, user, false), NORMAL, 0);
    }

    @Test
    void arrive_ofATenantThatHasItsShare_leavesTheRestToOthers() {
        var queue = new FairQueue(policy(4, 4, 4, 4));
        var first = of("a", "u");
        assertThat(queue.arrive(first, 0)).isEqualTo(new Arrival.Served());
        assertThat(queue.arrive(of("a", "v"), 0)).isEqualTo(new Arrival.Served());
        var third = waits(queue, of("a", "w"));
        waits(queue, of("a", "u"));
        assertThat(queue.arrive(of("a", "z"), 0)).isEqualTo(new Arrival.UserFull());
        assertThat(queue.arrive(of("b", "u"), 0)).isEqualTo(new Arrival.Served());
        assertThat(queue.leave(first, 0)).containsExactly(third);
    }

    @Test
    void leave_letsTenantsTakeTurns_howeverManyUsersTheyName() {
        var queue = new FairQueue(policy(2, 2, 100, 100));
        var here = of("c", "x");
        queue.arrive(here, 0);
        queue.arrive(of("d", "y"), 0);
        for (int i = 0; i < 6; i++) {
            waits(queue, of("a", "user" + i));
        }
        waits(queue, of("b", "one"));
        var order = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            here = queue.leave(here, 0).getFirst();
            order.add(String.valueOf(here.visitor().tenant()));
        }
        assertThat(order).containsExactly("a", "b", "a");
    }

    /** Whatever happens: the bounds hold, a place is free only if nobody may have it, and nobody is lost. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anything_keepsTheBoundsAndLosesNobody(long seed) {
        var random = new Random(seed);
        var policy = policy(1 + random.nextInt(5), 1 + random.nextInt(3), random.nextInt(20), 1 + random.nextInt(8));
        var queue = new FairQueue(policy);
        var inside = new ArrayList<Ticket>();
        var outside = new ArrayList<Ticket>();
        long now = 0;
        for (int i = 0; i < 20_000; i++) {
            now += random.nextInt(2) * SECOND;
            if (random.nextBoolean()) {
                var ticket = ticket("u" + random.nextInt(6), PRIORITIES.get(random.nextInt(4)), now);
                switch (queue.arrive(ticket, now)) {
                    case Arrival.Served() -> inside.add(ticket);
                    case Arrival.Waits(var displaced) -> {
                        outside.add(ticket);
                        assertThat(displaced == null || outside.remove(displaced))
                                .isTrue();
                    }
                    case Arrival.UserFull(), Arrival.Full() -> {}
                }
            } else if (random.nextInt(10) == 0 && !outside.isEmpty()) {
                assertThat(queue.withdraw(outside.remove(random.nextInt(outside.size()))))
                        .isTrue();
            } else if (!inside.isEmpty()) {
                var next = queue.leave(inside.remove(random.nextInt(inside.size())), now);
                assertThat(outside.removeAll(next) || next.isEmpty()).isTrue();
                inside.addAll(next);
            }
            check(queue, policy, inside, outside);
        }
        while (!inside.isEmpty()) {
            inside.addAll(queue.leave(inside.removeFirst(), now));
        }
        assertThat(queue.served() + queue.waiting()).isZero();
        assertThat(queue.remembered()).isZero();
    }

    private static void check(FairQueue queue, AdmissionPolicy policy, List<Ticket> inside, List<Ticket> outside) {
        assertThat(queue.served()).isEqualTo(inside.size()).isLessThanOrEqualTo(policy.atOnce());
        assertThat(queue.waiting()).isEqualTo(outside.size()).isLessThanOrEqualTo(policy.waiting());
        Map<String, Integer> served = count(inside);
        assertThat(served.values()).allMatch(each -> each <= policy.perUser());
        assertThat(count(outside).values()).allMatch(each -> each <= policy.waitingPerUser());
        boolean free = inside.size() < policy.atOnce();
        assertThat(free && outside.stream().anyMatch(each -> served.getOrDefault(user(each), 0) < policy.perUser()))
                .isFalse();
    }

    private static Map<String, Integer> count(List<Ticket> tickets) {
        var counts = new HashMap<String, Integer>();
        tickets.forEach(each -> counts.merge(user(each), 1, Integer::sum));
        return counts;
    }

    private static String user(Ticket ticket) {
        return ticket.visitor().id();
    }

    /** Urgent requests that fill the server by themselves do not keep anyone out for good. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void leave_underAFloodOfUrgentOnes_letsEveryPriorityInBeforeItsPatienceEnds(long seed) {
        var random = new Random(seed);
        var queue = new FairQueue(policy(4, 3, 1_000, 1_000));
        var inside = new ArrayList<Ticket>();
        for (int i = 0; i < 4; i++) {
            inside.add(served(queue, "u" + i));
        }
        var patient = List.of(ticket("p", MAINTENANCE), ticket("q", BATCH), ticket("r", NORMAL));
        patient.forEach(each -> queue.arrive(each, 0));
        long now = 0;
        var seen = new HashMap<Ticket, Long>();
        while (now < 30 * SECOND) {
            now += SECOND / 10;
            queue.arrive(ticket("u" + random.nextInt(100), URGENT, now), now);
            var next = queue.leave(inside.remove(random.nextInt(inside.size())), now);
            for (var each : next) {
                seen.put(each, now);
                inside.add(each);
            }
        }
        assertThat(seen).containsKeys(patient.toArray(new Ticket[0]));
        assertThat(patient).allMatch(each -> seen.getOrDefault(each, Long.MAX_VALUE) <= 16 * SECOND);
    }
}
