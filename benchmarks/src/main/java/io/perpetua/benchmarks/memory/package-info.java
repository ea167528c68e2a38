/** How much of the evidence memory finds again, on recorded conversations with questions. */
@NullMarked
package io.perpetua.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
