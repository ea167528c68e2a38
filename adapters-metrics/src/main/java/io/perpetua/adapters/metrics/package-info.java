/** Driven adapter: counts what the capabilities tell, by Micrometer, and shows it as Prometheus reads it. */
@NullMarked
package io.perpetua.adapters.metrics;

import org.jspecify.annotations.NullMarked;
