/** Tests of the facts' rules. */
@NullMarked
package io.perpetua.domain.facts;

import org.jspecify.annotations.NullMarked;
