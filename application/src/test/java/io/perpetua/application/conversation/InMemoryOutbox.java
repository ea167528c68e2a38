package io.perpetua.application.conversation;

import io.perpetua.application.conversation.InMemoryRecord.Branch;
import io.perpetua.application.conversation.InMemoryRecord.Row;
import io.perpetua.application.conversation.InMemoryRecord.Stored;
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
