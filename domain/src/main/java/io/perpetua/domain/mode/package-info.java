/** How much of its past a conversation carries with it. */
@NullMarked
package io.perpetua.domain.mode;

import org.jspecify.annotations.NullMarked;
