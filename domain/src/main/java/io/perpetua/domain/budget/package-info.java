/** How one request's tokens are shared out among the parts of a context. */
@NullMarked
package io.perpetua.domain.budget;

import org.jspecify.annotations.NullMarked;
