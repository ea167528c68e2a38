@NullMarked
package io.perpetua.application.tracing;

import org.jspecify.annotations.NullMarked;
