/** What the server does with more than it can do at once: measured from outside, by what the wire says. */
@NullMarked
package io.perpetua.benchmarks.load;

import org.jspecify.annotations.NullMarked;
