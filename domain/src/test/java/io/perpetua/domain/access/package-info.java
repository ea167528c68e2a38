/** Who calls, and what they may do and use. */
@NullMarked
package io.perpetua.domain.access;

import org.jspecify.annotations.NullMarked;
