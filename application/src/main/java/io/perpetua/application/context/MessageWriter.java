package io.perpetua.application.context;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;

/** Writes messages in the wire's JSON. Driven port; pure; safe for concurrent use. */
public interface MessageWriter {

    /** A plain message that says {@code text}. */
    Message compose(Role role, String text);

    /**
     * {@code message} with text added inside it, all else as it was: joined by blank lines to a plain text content, as
     * text parts of their own to a list of parts.
     *
     * @param before what to put in front, may be empty
     * @param after what to put behind, may be empty
     */
    Message extend(Message message, String before, String after);
}
