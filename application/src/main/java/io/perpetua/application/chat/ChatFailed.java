package io.perpetua.application.chat;

import io.perpetua.application.routing.ProviderFailure;

/** Nobody answered. The user's turn has been kept. */
public final class ChatFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient TurnReport report;
    private final transient ProviderFailure failure;

    /**
     * Everyone was asked in vain.
     *
     * @param report the account of the turn, with everyone who was asked
     * @param failure why the last of them did not answer
     */
    public ChatFailed(TurnReport report, ProviderFailure failure) {
        super(failure.getMessage(), failure);
        this.report = report;
        this.failure = failure;
    }

    public TurnReport report() {
        return report;
    }

    public ProviderFailure failure() {
        return failure;
    }
}
