/** Counting tokens as a model does. */
@NullMarked
package io.perpetua.adapters.http.tokens;

import org.jspecify.annotations.NullMarked;
