/** What kind of request a message is, who is asked for it, and in which order. */
@NullMarked
package io.perpetua.domain.routing;

import org.jspecify.annotations.NullMarked;
