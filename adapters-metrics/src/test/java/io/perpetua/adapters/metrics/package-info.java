/** Tests of the figures. */
@NullMarked
package io.perpetua.adapters.metrics;

import org.jspecify.annotations.NullMarked;
