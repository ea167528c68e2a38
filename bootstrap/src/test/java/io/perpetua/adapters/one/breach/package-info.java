/** Breaches of the architecture, planted to see them caught. */
@NullMarked
package io.perpetua.adapters.one.breach;

import org.jspecify.annotations.NullMarked;
