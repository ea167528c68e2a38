/** Letting requests in, one after the other where they are too many. */
@NullMarked
package io.perpetua.application.admission;

import org.jspecify.annotations.NullMarked;
