@NullMarked
package io.perpetua.application.memory;

import org.jspecify.annotations.NullMarked;
