/** Documents beside the turns: indexed by region, found, and read as exactly as is asked for. */
@NullMarked
package io.perpetua.application.vision;

import org.jspecify.annotations.NullMarked;
