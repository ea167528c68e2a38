/** What every store of briefs owes its callers. */
@NullMarked
package io.perpetua.application.brief;

import org.jspecify.annotations.NullMarked;
