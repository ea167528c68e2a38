@NullMarked
package io.perpetua.domain.tokens;

import org.jspecify.annotations.NullMarked;
