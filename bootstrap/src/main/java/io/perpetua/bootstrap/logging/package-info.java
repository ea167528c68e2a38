/** How the log is written. */
@NullMarked
package io.perpetua.bootstrap.logging;

import org.jspecify.annotations.NullMarked;
