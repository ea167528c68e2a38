/** Commands: run in a sandbox or by Java alone, and accounted for in a file. */
@NullMarked
package io.perpetua.adapters.commands;

import org.jspecify.annotations.NullMarked;
