@NullMarked
package io.perpetua.application.resilience;

import org.jspecify.annotations.NullMarked;
