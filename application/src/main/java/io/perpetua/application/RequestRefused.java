package io.perpetua.application;

import io.perpetua.domain.conversation.ConversationKey;
import org.jspecify.annotations.Nullable;

/** A request that cannot be served as it is, by its client's doing. */
public final class RequestRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The code of a request that is larger than the model's context window. */
    public static final String CONTEXT_TOO_LONG = "context_length_exceeded";

    /** What kind of mistake it is. */
    public enum Reason {
        /** A field has a value that makes no sense. */
        INVALID,
        /** Nobody knows who asks. */
        UNAUTHENTICATED,
        /** Who asks may not have it. */
        FORBIDDEN,
        /** What is named does not exist. */
        NOT_FOUND,
        /** What is kept already leaves no room for it. */
        CONFLICT,
        /** What is sent does not fit. */
        TOO_LARGE,
        /** It is understood, and against a rule. */
        UNPROCESSABLE
    }

    private final Reason reason;
    private final String code;
    private final @Nullable String param;

    /**
     * A refusal.
     *
     * @param code a stable word for programs, such as {@code context_length_exceeded}
     * @param param the field at fault, null when no single one is
     * @param message what was found and what was expected, for people
     */
    public RequestRefused(Reason reason, String code, @Nullable String param, String message) {
        super(message);
        this.reason = reason;
        this.code = code;
        this.param = param;
    }

    /**
     * There is no such conversation.
     *
     * @param param the field that names it, null where the path does
     */
    public static RequestRefused noConversation(ConversationKey key, @Nullable String param) {
        return new RequestRefused(
                Reason.NOT_FOUND, "conversation_not_found", param, "there is no conversation '" + key.id() + "'");
    }

    public Reason reason() {
        return reason;
    }

    public String code() {
        return code;
    }

    public @Nullable String param() {
        return param;
    }
}
