@NullMarked
package io.perpetua.application.commands;

import org.jspecify.annotations.NullMarked;
