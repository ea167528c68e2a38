package io.perpetua.domain.admission;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/*
 * Who is next, of those whose tenant and user may have one more:
 *
 *   1. the highest priority, where each `ageing` that was waited counts as one priority more. So whoever waits long enough
 *      stands in the first rank, and there nobody who comes later can hold it up for ever;
 *   2. within a rank the tenant whose turn it is, and of the tenant the user whose turn it is (see Turns). A turn is taken
 *      when a request is served, so requests that are withdrawn cost their users nothing;
 *   3. who came first.
 *
 * Invariant after each call: a place is free only if nobody waits who may have it.
 */
/**
 * Requests that are served and requests that wait, by a policy. Times are readings of one clock in nanoseconds. Calls take
 * time in proportion to the requests that wait. Not safe for concurrent use.
 */
public final class FairQueue {

    private final AdmissionPolicy policy;
    private final Set<Ticket> waiting = new LinkedHashSet<>();
    private final Counts users = new Counts();
    private final Counts tenants = new Counts();
    private final Turns turnsOfUsers = new Turns();
    private final Turns turnsOfTenants = new Turns();
    private int served;

    public FairQueue(AdmissionPolicy policy) {
        this.policy = policy;
    }

    /** One request; the same object from its arrival until it leaves. */
    public static final class Ticket {

        private final Visitor visitor;
        private final Priority priority;
        private final long arrived;

        /** A request that arrives at {@code now}. */
        public Ticket(Visitor visitor, Priority priority, long now) {
            this.visitor = visitor;
            this.priority = priority;
            this.arrived = now;
        }

        public Visitor visitor() {
            return visitor;
        }

        /** A tenant's name may hold anything, so its length keeps it apart from the user's. */
        private String user() {
            return tenant().length() + "/" + tenant() + "/" + visitor.id();
        }

        private String tenant() {
            return visitor.tenant() == null ? "" : visitor.tenant();
        }

        /** When it arrived. */
        public long arrived() {
            return arrived;
        }
    }

    /** What becomes of a request that arrives. */
    public sealed interface Arrival {

        /** It is served now. */
        record Served() implements Arrival {}

        /**
         * It waits.
         *
         * @param displaced one of lower priority that had to go for it, where nobody more could wait
         */
        record Waits(@Nullable Ticket displaced) implements Arrival {}

        /** It goes away: its user, or its tenant, has as many waiting as may be. */
        record UserFull() implements Arrival {}

        /** It goes away: as many wait as may be, and none of them is less urgent. */
        record Full() implements Arrival {}
    }

    public Arrival arrive(Ticket ticket, long now) {
        if (served < policy.atOnce() && hasRoom(ticket)) {
            serve(ticket);
            return new Arrival.Served();
        }
        if (users.waiting(ticket.user()) >= policy.waitingPerUser()
                || (isOneOfMany(ticket) && tenants.waiting(ticket.tenant()) >= policy.ofATenant(policy.waiting()))) {
            return new Arrival.UserFull();
        }
        Ticket displaced = null;
        if (waiting.size() >= policy.waiting()) {
            displaced = leastUrgent(now);
            if (displaced == null || rank(displaced, now) <= rank(ticket, now)) {
                return new Arrival.Full();
            }
            withdraw(displaced);
        }
        waiting.add(ticket);
        users.waits(ticket.user(), 1);
        tenants.waits(ticket.tenant(), 1);
        return new Arrival.Waits(displaced);
    }

    /** One that was served is over. Returns who is served from now on, in the order of their turns. */
    public List<Ticket> leave(Ticket ticket, long now) {
        served--;
        users.serves(ticket.user(), -1);
        tenants.serves(ticket.tenant(), -1);
        var next = new ArrayList<Ticket>();
        for (var each = next(now); each != null; each = next(now)) {
            next.add(each);
        }
        return next;
    }

    private @Nullable Ticket next(long now) {
        if (served >= policy.atOnce()) {
            return null;
        }
        var next = waiting.stream().filter(this::hasRoom).min(order(now)).orElse(null);
        if (next != null) {
            turnsOfTenants.take(next.tenant());
            turnsOfUsers.take(next.user());
            withdraw(next);
            serve(next);
        }
        return next;
    }

    /** Takes away one that waits. Returns false when it does not wait any more. */
    public boolean withdraw(Ticket ticket) {
        if (!waiting.remove(ticket)) {
            return false;
        }
        users.waits(ticket.user(), -1);
        tenants.waits(ticket.tenant(), -1);
        if (waiting.isEmpty()) {
            turnsOfTenants.forget();
            turnsOfUsers.forget();
        }
        return true;
    }

    /** How many are served. */
    public int served() {
        return served;
    }

    /** How many wait. */
    public int waiting() {
        return waiting.size();
    }

    /** How much is remembered, which is nothing where nobody is here. */
    int remembered() {
        return users.size() + tenants.size() + turnsOfUsers.size() + turnsOfTenants.size();
    }

    private Comparator<Ticket> order(long now) {
        return Comparator.<Ticket>comparingLong(ticket -> rank(ticket, now))
                .thenComparingLong(ticket -> turnsOfTenants.start(ticket.tenant()))
                .thenComparingLong(ticket -> turnsOfUsers.start(ticket.user()));
    }

    private long rank(Ticket ticket, long now) {
        return Math.max(
                0,
                ticket.priority.rank()
                        - (now - ticket.arrived) / policy.ageing().toNanos());
    }

    /** Who would be served last; of equals, who came last. */
    private @Nullable Ticket leastUrgent(long now) {
        var order = order(now);
        Ticket last = null;
        for (var each : waiting) {
            last = last == null || order.compare(each, last) >= 0 ? each : last;
        }
        return last;
    }

    private boolean hasRoom(Ticket ticket) {
        return (!ticket.visitor.named() || users.served(ticket.user()) < policy.perUser())
                && (!isOneOfMany(ticket) || tenants.served(ticket.tenant()) < policy.ofATenant(policy.atOnce()));
    }

    private static boolean isOneOfMany(Ticket ticket) {
        return ticket.visitor.tenant() != null;
    }

    private void serve(Ticket ticket) {
        served++;
        users.serves(ticket.user(), 1);
        tenants.serves(ticket.tenant(), 1);
    }
}
