/** Contracts of the providers' ports. */
@NullMarked
package io.perpetua.application.routing;

import org.jspecify.annotations.NullMarked;
