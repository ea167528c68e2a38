@NullMarked
package io.perpetua.domain.commands;

import org.jspecify.annotations.NullMarked;
