/** The rules of recall. */
@NullMarked
package io.perpetua.domain.memory;

import org.jspecify.annotations.NullMarked;
