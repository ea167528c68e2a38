/** Documents over HTTP: indexed, searched and read by region. */
@NullMarked
package io.perpetua.adapters.http.vision;

import org.jspecify.annotations.NullMarked;
