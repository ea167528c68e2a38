/** The running summary of a conversation's older turns. */
@NullMarked
package io.perpetua.domain.brief;

import org.jspecify.annotations.NullMarked;
