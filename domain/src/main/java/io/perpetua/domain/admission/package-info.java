/** Who is served now, who waits, and who is sent away. */
@NullMarked
package io.perpetua.domain.admission;

import org.jspecify.annotations.NullMarked;
