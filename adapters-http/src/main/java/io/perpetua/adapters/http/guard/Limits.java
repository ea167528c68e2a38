package io.perpetua.adapters.http.guard;

import java.time.Duration;

/**
 * What a connection may do.
 *
 * @param requestDeadline from a request's first byte to its last
 * @param idle how long a connection may be without a request, or its client take nothing of an answer
 * @param largestBody bytes of one request's body
 */
record Limits(Duration requestDeadline, Duration idle, long largestBody) {}
