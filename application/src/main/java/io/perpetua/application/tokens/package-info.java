/** Counting tokens as a given model does. */
@NullMarked
package io.perpetua.application.tokens;

import org.jspecify.annotations.NullMarked;
