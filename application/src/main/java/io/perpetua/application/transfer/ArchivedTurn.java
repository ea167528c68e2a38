package io.perpetua.application.transfer;

import io.perpetua.domain.conversation.Fingerprint;
import io.perpetua.domain.conversation.Turn;

/**
 * A turn as a store keeps it.
 *
 * @param turn its time to the microsecond
 * @param fingerprint of the history that ends with it
 */
public record ArchivedTurn(Turn turn, Fingerprint fingerprint) {}
