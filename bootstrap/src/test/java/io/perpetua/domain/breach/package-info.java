/** Breaches of the architecture, planted to see them caught. */
@NullMarked
package io.perpetua.domain.breach;

import org.jspecify.annotations.NullMarked;
