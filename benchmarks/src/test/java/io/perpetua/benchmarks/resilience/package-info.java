/** The measurements of resilience, in small. */
@NullMarked
package io.perpetua.benchmarks.resilience;

import org.jspecify.annotations.NullMarked;
