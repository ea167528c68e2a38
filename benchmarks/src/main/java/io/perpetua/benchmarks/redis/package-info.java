/** How much memory conversations take up in Redis. */
@NullMarked
package io.perpetua.benchmarks.redis;

import org.jspecify.annotations.NullMarked;
