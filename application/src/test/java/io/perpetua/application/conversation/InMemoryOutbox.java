package io.perpetua.application.conversation;

import io.perpetua.application.conversation.InMemoryRecord.Branch;
import io.perpetua.application.conversation.InMemoryRecord.Row;
import io.perpetua.application.conversation.InMemoryRecord.Stored;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** See {@link InMemoryRecord}. */
final class InMemoryOutbox implements Outbox {

    private final InMemoryRecord record;

    InMemoryOutbox(InMemoryRecord record) {
        this.record = record;
    }

    @Override
    public List<Entry> pending(long after, int limit) {
        synchronized (record) {
            return record.outbox.tailMap(after, false).entrySet().stream()
                    .limit(limit)
                    .map(entry -> entry(entry.getKey(), entry.getValue()))
                    .toList();
        }
    }

    private static Entry entry(long number, Row row) {
        var name = row.branch().name();
        return row.erased()
                ? new Entry.Erased(number, name.scope(), name.name(), row.first() - 1)
                : new Entry.Written(
                        number,
                        name.scope(),
                        name.name(),
                        row.branch().turns().subMap(row.first(), true, row.last(), true).values().stream()
                                .map(Stored::turn)
                                .toList());
    }

    @Override
    public List<Turn> turns(Scope scope, String branch, int first, int last) {
        synchronized (record) {
            return record.heads.values().stream()
                    .map(head -> head.conversation)
                    .filter(conversation -> conversation.key().scope().equals(scope))
                    .map(conversation -> through(conversation, branch))
                    .max(Comparator.comparingInt(List::size))
                    .orElse(List.of())
                    .stream()
                    .filter(turn -> first <= turn.number() && turn.number() <= last)
                    .toList();
        }
    }

    /** A conversation's turns to the end of a branch; none if the branch is not on its path. */
    private List<Turn> through(Conversation conversation, String branch) {
        var turns = new ArrayList<Turn>();
        for (var segment : conversation.path()) {
            record.branch(conversation.key(), segment)
                    .turns()
                    .subMap(segment.first(), true, segment.last() + 1, false)
                    .values()
                    .forEach(stored -> turns.add(stored.turn()));
            if (segment.branch().equals(branch)) {
                return turns;
            }
        }
        return List.of();
    }

    @Override
    public void forget(long through) {
        synchronized (record) {
            record.outbox.headMap(through, true).clear();
            record.branches.values().removeIf(this::unused);
        }
    }

    private boolean unused(Branch branch) {
        return branch.turns().isEmpty()
                && record.outbox.values().stream()
                        .noneMatch(row -> row.branch().name().equals(branch.name()));
    }

    @Override
    public long depth() {
        synchronized (record) {
            return record.outbox.size();
        }
    }

    @Override
    public void refill() {
        synchronized (record) {
            for (Branch branch : record.branches.values()) {
                if (!branch.turns().isEmpty()) {
                    record.log(new Row(
                            branch, branch.turns().firstKey(), branch.turns().lastKey(), false));
                }
            }
        }
    }
}
