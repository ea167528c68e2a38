/** What models cost by lists that others keep. */
@NullMarked
package io.perpetua.bootstrap.prices;

import org.jspecify.annotations.NullMarked;
