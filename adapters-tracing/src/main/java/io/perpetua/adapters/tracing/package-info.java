/** Follows requests by OpenTelemetry. */
@NullMarked
package io.perpetua.adapters.tracing;

import org.jspecify.annotations.NullMarked;
