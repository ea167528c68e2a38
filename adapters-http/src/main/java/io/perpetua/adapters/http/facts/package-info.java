/** Facts on the wire. */
@NullMarked
package io.perpetua.adapters.http.facts;

import org.jspecify.annotations.NullMarked;
