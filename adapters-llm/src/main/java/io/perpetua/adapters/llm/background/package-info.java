/** Models that are asked in the background, where there is time to ask again. */
@NullMarked
package io.perpetua.adapters.llm.background;

import org.jspecify.annotations.NullMarked;
