/** What clients notice of providers that fail: the server in a process of its own between simulated ones and callers. */
@NullMarked
package io.perpetua.benchmarks.resilience;

import org.jspecify.annotations.NullMarked;
