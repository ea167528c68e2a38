package io.perpetua.application.conversation;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

/** See {@link InMemoryRecord}. */
final class InMemoryStatistics implements Statistics {

    private final InMemoryRecord record;

    InMemoryStatistics(InMemoryRecord record) {
        this.record = record;
    }

    @Override
    public Totals totals() {
        synchronized (record) {
            var conversations = record.heads.values().stream()
                    .map(head -> head.conversation)
                    .toList();
            return new Totals(
                    conversations.size(),
                    conversations.stream().mapToLong(each -> each.turns()).sum(),
                    conversations.stream().mapToLong(each -> each.tokens()).sum(),
                    conversations.stream().collect(groupingBy(each -> each.mode(), counting())));
        }
    }
}
