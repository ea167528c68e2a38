package io.perpetua.domain.conversation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message as a client or a model wrote it.
 *
 * @param role who speaks
 * @param text what is said, all text parts joined by a line feed; empty when there is none (a bare tool call, an image)
 * @param name the speaker's name where several share a role
 * @param toolCalls what an assistant wants run, in order
 * @param toolCallId which call a tool's report answers
 * @param media parts that are not text, in order
 * @param wire the message's own JSON, kept so that fields we do not know reach the model untouched
 */
public record Message(
        Role role,
        String text,
        @Nullable String name,
        List<ToolCall> toolCalls,
        @Nullable String toolCallId,
        List<Media> media,
        String wire) {

    public Message {
        toolCalls = List.copyOf(toolCalls);
        media = List.copyOf(media);
    }

    /** Whether this is an answer that closes an exchange: the assistant has spoken and waits for no tool. */
    public boolean answers() {
        return role == Role.ASSISTANT && toolCalls.isEmpty();
    }

    /**
     * A part of a message that is not text.
     *
     * @param kind the part's type on the wire, such as {@code image_url}
     * @param reference what identifies its content: a URL, a file id, or a digest of inlined data
     * @param tokens what it is estimated to cost, at least 0
     */
    public record Media(String kind, String reference, int tokens) {

        /** A reference may be an address that opens doors. */
        @Override
        public String toString() {
            return "Media[" + kind + ", " + tokens + " tokens]";
        }
    }

    /** Tells of what is said no more than its length: it may get into logs. */
    @Override
    public String toString() {
        return "Message[" + role + ", " + wire.length() + " characters]";
    }
}
