/** Commands: run what the policy allows, and keep account of it. */
@NullMarked
package io.perpetua.application.commands;

import org.jspecify.annotations.NullMarked;
