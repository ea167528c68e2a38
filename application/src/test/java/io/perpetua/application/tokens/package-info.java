@NullMarked
package io.perpetua.application.tokens;

import org.jspecify.annotations.NullMarked;
