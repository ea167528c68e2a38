/** What long conversations cost under the prices of providers' prompt caches. */
@NullMarked
package io.perpetua.benchmarks.economy;

import org.jspecify.annotations.NullMarked;
