/** Who may call, how often, and for how much. */
@NullMarked
package io.perpetua.application.access;

import org.jspecify.annotations.NullMarked;
