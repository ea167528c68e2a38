/** The models on offer, how they stand, and whom a request would be asked of. */
@NullMarked
package io.perpetua.adapters.http.routing;

import org.jspecify.annotations.NullMarked;
