/** The models on offer. */
@NullMarked
package io.perpetua.adapters.http.routing;

import org.jspecify.annotations.NullMarked;
