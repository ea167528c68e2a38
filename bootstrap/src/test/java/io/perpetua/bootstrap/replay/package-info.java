/** How recorded conversations are read. */
@NullMarked
package io.perpetua.bootstrap.replay;

import org.jspecify.annotations.NullMarked;
