/** Breaches of the architecture, planted to see them caught. */
@NullMarked
package io.perpetua.application.breach;

import org.jspecify.annotations.NullMarked;
