package io.perpetua.domain.admission;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/*
 * Who is next, of those whose user may have one more:
 *
 *   1. the highest priority, where each `ageing` that was waited counts as one priority more. So whoever waits long enough
 *      stands in the first rank, and there nobody who comes later can hold it up for ever;
 *   2. within a rank the smallest tag. Tags are start-time fair queueing's with requests of length 1 (Goyal, Vin, Cheng:
 *      "Start-time Fair Queuing", SIGCOMM 1996): a request's tag is the larger of the virtual time, which is the largest
 *      tag that was served, and of one more than its user's latest tag. So users take turns, however many requests one of
 *      them has in the queue, and one who was away has neither saved up turns nor lost any;
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
    private final Map<String, User> users = new HashMap<>();
    private int served;
    private long virtualTime;
    private long arrivals;

    public FairQueue(AdmissionPolicy policy) {
        this.policy = policy;
    }

    /** One request; the same object from its arrival until it leaves. */
    public static final class Ticket {

        private final Visitor visitor;
        private final Priority priority;
        private final long arrived;
        private long tag;
        private long number;

        /** A request that arrives at {@code now}. */
        public Ticket(Visitor visitor, Priority priority, long now) {
            this.visitor = visitor;
            this.priority = priority;
            this.arrived = now;
        }

        public Visitor visitor() {
            return visitor;
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

        /** It goes away: its user has as many waiting as may be. */
        record UserFull() implements Arrival {}

        /** It goes away: as many wait as may be, and none of them is less urgent. */
        record Full() implements Arrival {}
    }

    /** What is counted of one user, as long as anything of it is here or its tags are ahead of the virtual time. */
    private static final class User {
        private int served;
        private int waiting;
        private long nextTag;
    }

    public Arrival arrive(Ticket ticket, long now) {
        if (served < policy.atOnce() && hasRoom(ticket)) {
            tag(ticket);
            serve(ticket);
            return new Arrival.Served();
        }
        if (user(ticket).waiting >= policy.waitingPerUser()) {
            forget(ticket);
            return new Arrival.UserFull();
        }
        Ticket displaced = null;
        if (waiting.size() >= policy.waiting()) {
            displaced = leastUrgent(now);
            if (displaced == null || rank(displaced, now) <= rank(ticket, now)) {
                forget(ticket);
                return new Arrival.Full();
            }
            withdraw(displaced);
        }
        tag(ticket);
        waiting.add(ticket);
        user(ticket).waiting++;
        return new Arrival.Waits(displaced);
    }

    /** One that was served is over. Returns who is served from now on, in the order of their turns. */
    public List<Ticket> leave(Ticket ticket, long now) {
        served--;
        user(ticket).served--;
        forget(ticket);
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
        user(ticket).waiting--;
        forget(ticket);
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

    /** How many users are known, who would be too many if any were kept that are gone for good. */
    int users() {
        return users.size();
    }

    private Comparator<Ticket> order(long now) {
        return Comparator.<Ticket>comparingLong(ticket -> rank(ticket, now))
                .thenComparingLong(ticket -> ticket.tag)
                .thenComparingLong(ticket -> ticket.number);
    }

    private long rank(Ticket ticket, long now) {
        return Math.max(
                0,
                ticket.priority.rank()
                        - (now - ticket.arrived) / policy.ageing().toNanos());
    }

    /** Who would be served last. */
    private @Nullable Ticket leastUrgent(long now) {
        return waiting.stream().max(order(now)).orElse(null);
    }

    private boolean hasRoom(Ticket ticket) {
        return !ticket.visitor.named() || user(ticket).served < policy.perUser();
    }

    private void tag(Ticket ticket) {
        var user = user(ticket);
        ticket.tag = Math.max(virtualTime, user.nextTag);
        ticket.number = arrivals++;
        user.nextTag = ticket.tag + 1;
    }

    private void serve(Ticket ticket) {
        served++;
        user(ticket).served++;
        if (ticket.tag > virtualTime) {
            virtualTime = ticket.tag;
            List.copyOf(users.keySet()).forEach(this::forget);
        }
    }

    private User user(Ticket ticket) {
        return users.computeIfAbsent(ticket.visitor.id(), id -> new User());
    }

    private void forget(Ticket ticket) {
        forget(ticket.visitor.id());
    }

    private void forget(String id) {
        var user = users.get(id);
        if (user != null && user.served == 0 && user.waiting == 0 && user.nextTag <= virtualTime) {
            users.remove(id);
        }
    }
}
