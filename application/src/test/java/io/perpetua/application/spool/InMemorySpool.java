package io.perpetua.application.spool;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.domain.conversation.ConversationKey;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A fake spool, kept honest by its contract. An append takes as many bytes as its turns have characters on the wire. */
public final class InMemorySpool implements Spool {

    private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
    private final long most;
    private long number;

    public InMemorySpool(long most) {
        this.most = most;
    }

    @Override
    public synchronized long add(Append append, Line line) {
        if (bytes() + bytes(append) > most) {
            throw new StoreUnavailable("full", new IllegalStateException(), true);
        }
        waiting.put(++number, new Waiting(number, append, line));
        return number;
    }

    @Override
    public synchronized List<Waiting> oldest(long after, int limit) {
        return waiting.tailMap(after, false).values().stream().limit(limit).toList();
    }

    @Override
    public List<Waiting> of(ConversationKey key) {
        return those(append -> append.key().equals(key));
    }

    @Override
    public List<Waiting> branchingOff(ConversationKey key) {
        return those(append -> append.from() != null && append.from().source().equals(key));
    }

    private synchronized List<Waiting> those(Predicate<Append> which) {
        return waiting.values().stream()
                .filter(each -> which.test(each.append()))
                .toList();
    }

    @Override
    public boolean holds(ConversationKey key) {
        return !of(key).isEmpty();
    }

    @Override
    public synchronized void replace(List<Waiting> others) {
        others.forEach(other -> waiting.replace(other.number(), other));
    }

    @Override
    public synchronized void remove(Collection<Long> numbers) {
        waiting.keySet().removeAll(numbers);
    }

    @Override
    public synchronized Level level() {
        return new Level(waiting.size(), bytes(), most);
    }

    private long bytes() {
        return waiting.values().stream().mapToLong(each -> bytes(each.append())).sum();
    }

    private static long bytes(Append append) {
        return append.turns().stream()
                .mapToLong(turn -> turn.message().wire().length())
                .sum();
    }
}
