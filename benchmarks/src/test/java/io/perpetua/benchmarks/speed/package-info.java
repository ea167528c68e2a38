/** What the speed benchmarks work on. */
@NullMarked
package io.perpetua.benchmarks.speed;

import org.jspecify.annotations.NullMarked;
