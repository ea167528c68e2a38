package io.perpetua.benchmarks.memory;

import io.perpetua.application.memory.QueryMemory;
import io.perpetua.application.memory.QueryMemory.MemoryQuery;
import io.perpetua.domain.conversation.ConversationKey;
import java.util.List;

/** What {@code /v1/memory/query} answers: the code that serves requests, not a copy of it. */
record Served(QueryMemory memory, ConversationKey key) implements Method {

    private static final int UNBOUNDED = 1_000_000;

    @Override
    public List<Integer> within(String question, int tokens) {
        return memory.query(new MemoryQuery(key, question, null, null, tokens)).turns();
    }

    @Override
    public List<Integer> best(String question, int depth) {
        return memory.query(new MemoryQuery(key, question, depth, 0, UNBOUNDED)).matches().stream()
                .map(match -> match.turn().number())
                .toList();
    }
}
