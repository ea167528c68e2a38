package io.perpetua.application.commands;

import io.perpetua.domain.conversation.ConversationKey;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An account that lives as long as its test; it can be made to fail. */
public final class InMemoryAuditLog implements AuditLog {

    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    private volatile boolean full;

    /** From now on nothing can be kept. */
    public void fill() {
        full = true;
    }

    public List<Entry> entries() {
        return entries;
    }

    @Override
    public void append(Entry entry) {
        if (full) {
            throw new CommandsUnavailable("audit_unavailable", "the account is full", null);
        }
        entries.add(entry);
    }

    @Override
    public void forget(ConversationKey conversation) {
        entries.removeIf(entry -> conversation.equals(entry.conversation()));
    }
}
