@NullMarked
package io.perpetua.domain.mode;

import org.jspecify.annotations.NullMarked;
