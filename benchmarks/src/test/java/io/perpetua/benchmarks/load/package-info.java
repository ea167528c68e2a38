/** The measurements of load, in small, and what they reckon with. */
@NullMarked
package io.perpetua.benchmarks.load;

import org.jspecify.annotations.NullMarked;
