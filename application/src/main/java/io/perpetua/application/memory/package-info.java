/** Remembering turns and recalling what bears on a message. */
@NullMarked
package io.perpetua.application.memory;

import org.jspecify.annotations.NullMarked;
