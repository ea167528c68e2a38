/** Who calls, and whether they may. */
@NullMarked
package io.perpetua.adapters.http.access;

import org.jspecify.annotations.NullMarked;
