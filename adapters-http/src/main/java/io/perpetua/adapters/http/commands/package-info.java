/** Commands: judged and run. */
@NullMarked
package io.perpetua.adapters.http.commands;

import org.jspecify.annotations.NullMarked;
