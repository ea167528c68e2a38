@NullMarked
package io.perpetua.benchmarks.economy;

import org.jspecify.annotations.NullMarked;
