/** {@code perpetua smoke}: one conversation with a server, and whether everything about it is as it should be. */
@NullMarked
package io.perpetua.bootstrap.smoke;

import org.jspecify.annotations.NullMarked;
