/** Talking to a running server from the terminal. */
@NullMarked
package io.perpetua.bootstrap.chat;

import org.jspecify.annotations.NullMarked;
