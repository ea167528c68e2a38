/** The commands that move everything from store to store, and the file between them. */
@NullMarked
package io.perpetua.bootstrap.transfer;

import org.jspecify.annotations.NullMarked;
