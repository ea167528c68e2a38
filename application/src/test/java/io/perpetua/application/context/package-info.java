/** Contracts of the context's ports. */
@NullMarked
package io.perpetua.application.context;

import org.jspecify.annotations.NullMarked;
