/** The commands that move everything from store to store, with the file between them, and make the index anew. */
@NullMarked
package io.perpetua.bootstrap.transfer;

import org.jspecify.annotations.NullMarked;
