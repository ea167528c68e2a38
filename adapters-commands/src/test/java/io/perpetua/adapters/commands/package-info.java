@NullMarked
package io.perpetua.adapters.commands;

import org.jspecify.annotations.NullMarked;
