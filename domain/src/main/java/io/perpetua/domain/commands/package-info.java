/** Commands: what a command line would do, told before anything is run. */
@NullMarked
package io.perpetua.domain.commands;

import org.jspecify.annotations.NullMarked;
