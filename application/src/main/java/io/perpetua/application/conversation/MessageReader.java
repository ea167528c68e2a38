package io.perpetua.application.conversation;

import io.perpetua.domain.conversation.Message;

/** Reads messages from the wire's JSON. Driven port; pure; safe for concurrent use. */
public interface MessageReader {

    /**
     * The message that {@code json} spells. Fields that are not known are kept in {@link Message#wire()}; half surrogate
     * pairs, which no encoding can carry, become U+FFFD.
     *
     * @throws MalformedMessage when it is not a message
     */
    Message read(String json);

    /** What was to be a message is none. */
    final class MalformedMessage extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String field;
        private final String problem;

        /**
         * Says what is wrong with which field.
         *
         * @param field the path within the message, such as {@code content[1].image_url.url}; empty for the message itself
         * @param problem what was expected and what was found, for people
         */
        public MalformedMessage(String field, String problem) {
            super(field.isEmpty() ? problem : field + ": " + problem);
            this.field = field;
            this.problem = problem;
        }

        public String field() {
            return field;
        }

        public String problem() {
            return problem;
        }
    }
}
