/** The arithmetic of the memory benchmark. */
@NullMarked
package io.perpetua.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
