package io.perpetua.application.admission;

import io.perpetua.domain.admission.AdmissionPolicy;

/**
 * How a queue is at a moment.
 *
 * @param served requests that are being served
 * @param waiting requests that wait
 * @param policy how many of each there may be
 */
public record QueueState(int served, int waiting, AdmissionPolicy policy) {}
