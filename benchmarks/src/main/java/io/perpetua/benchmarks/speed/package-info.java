/** How fast the server starts and answers, against asking its upstream directly. */
@NullMarked
package io.perpetua.benchmarks.speed;

import org.jspecify.annotations.NullMarked;
