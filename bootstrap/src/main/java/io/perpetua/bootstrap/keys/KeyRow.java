package io.perpetua.bootstrap.keys;

import io.perpetua.domain.access.ApiKey;

/**
 * A key of the list.
 *
 * @param spent of its budget in this period, in billionths of a dollar
 */
record KeyRow(ApiKey key, long spent) {}
