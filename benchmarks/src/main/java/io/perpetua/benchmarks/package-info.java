/** Measurements of the whole: quality on real conversations, speed, load. Looks inward; nobody looks at it. */
@NullMarked
package io.perpetua.benchmarks;

import org.jspecify.annotations.NullMarked;
