/** What of the past bears on a message: scores, windows, anchors. */
@NullMarked
package io.perpetua.domain.memory;

import org.jspecify.annotations.NullMarked;
