package io.perpetua.application.chat;

import io.perpetua.application.chat.TurnReport.Attempt;
import io.perpetua.application.routing.ProviderFailure;
import java.util.List;

/** Nobody answered. The user's turn has been kept. */
public final class ChatFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ProviderFailure failure;
    private final transient List<Attempt> attempts;

    /**
     * Everyone was asked in vain.
     *
     * @param failure why the last of them did not answer
     * @param attempts everyone who was asked, in order
     */
    public ChatFailed(ProviderFailure failure, List<Attempt> attempts) {
        super(failure.getMessage(), failure);
        this.failure = failure;
        this.attempts = List.copyOf(attempts);
    }

    public ProviderFailure failure() {
        return failure;
    }

    public List<Attempt> attempts() {
        return attempts;
    }
}
