package io.perpetua.adapters.commands;

import io.perpetua.domain.conversation.ConversationKey;
import java.nio.file.Path;

/**
 * Where the account of commands is kept.
 *
 * @param folder the folder {@code audit} of the data directory
 */
record AuditFiles(Path folder) {

    private static final int NAME_DIGITS = 40;

    static AuditFiles in(Path data) {
        return new AuditFiles(data.resolve("audit"));
    }

    Path log() {
        return folder.resolve("commands.log");
    }

    Path head() {
        return folder.resolve("commands.head");
    }

    Path lock() {
        return folder.resolve("commands.lock");
    }

    /** Where what was said in a conversation is kept, so that it can be erased with it. */
    Path said(ConversationKey conversation) {
        String name = AuditChain.sha256(
                conversation.scope().tenant() + "\0" + conversation.scope().namespace() + "\0" + conversation.id());
        return folder.resolve("said").resolve(name.substring(0, NAME_DIGITS) + ".jsonl");
    }
}
