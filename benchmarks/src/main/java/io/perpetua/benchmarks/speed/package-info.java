/** How fast the server starts, answers (against asking its upstream directly), and makes contexts. */
@NullMarked
package io.perpetua.benchmarks.speed;

import org.jspecify.annotations.NullMarked;
