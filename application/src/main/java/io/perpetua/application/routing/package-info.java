/** Providers of model answers, and which of them serves a turn. */
@NullMarked
package io.perpetua.application.routing;

import org.jspecify.annotations.NullMarked;
