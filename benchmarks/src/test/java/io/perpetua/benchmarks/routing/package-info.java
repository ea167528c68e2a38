/** How well requests are told apart and sent where they are answered best. */
@NullMarked
package io.perpetua.benchmarks.routing;

import org.jspecify.annotations.NullMarked;
