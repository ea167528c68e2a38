package io.perpetua.application.commands;

import io.perpetua.domain.conversation.ConversationKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account of every command: records in order, each sealed by a digest that goes on from the one before. Driven port;
 * safe for concurrent use. A record that was appended survives the death of the process.
 */
public interface AuditLog {

    /**
     * Appends a record.
     *
     * @throws CommandsUnavailable when it cannot be kept: nothing is to be run then
     */
    void append(Entry entry);

    /** Forgets what was said in the records of a conversation; that they were made stays. */
    void forget(ConversationKey conversation);

    /**
     * What is kept.
     *
     * @param at when it happened
     * @param id of the command; what is told before and after a run has the same one
     * @param who the caller's key, its tenant, and the end user
     * @param conversation the one that it was asked for in, null when it came by itself
     * @param said what was asked and judged, null in a record of an end
     * @param ended how it ended; null before
     */
    record Entry(
            Instant at,
            String id,
            Who who,
            @Nullable ConversationKey conversation,
            @Nullable Said said,
            @Nullable Ended ended) {}

    /** Who asked. */
    record Who(String key, String tenant, @Nullable String user) {}

    /**
     * What was asked, and what was decided.
     *
     * @param command the line as it came
     * @param argv the words of each of its commands
     * @param kind its class
     * @param allowed whether it is run
     * @param reason why it is not, or what it does
     */
    record Said(String command, String folder, List<List<String>> argv, String kind, boolean allowed, String reason) {

        public Said {
            argv = List.copyOf(argv);
        }
    }

    /**
     * How a run ended.
     *
     * @param exitCode the real one; null when nobody knows, since it could not be started or was given up
     * @param ending what ended it, in a word
     */
    record Ended(@Nullable Integer exitCode, String ending, Duration took, long stdoutBytes, long stderrBytes) {}
}
