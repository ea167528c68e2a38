/** The conversation of the benchmark, and what is measured on it. */
@NullMarked
package io.perpetua.benchmarks.conversation;

import org.jspecify.annotations.NullMarked;
