/** Recorded conversations run through the context engine. */
@NullMarked
package io.perpetua.bootstrap.replay;

import org.jspecify.annotations.NullMarked;
