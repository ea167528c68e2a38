/** What a call used and what that costs. */
@NullMarked
package io.perpetua.domain.usage;

import org.jspecify.annotations.NullMarked;
