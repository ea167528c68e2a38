/** Keeping a conversation's brief up to date. */
@NullMarked
package io.perpetua.application.brief;

import org.jspecify.annotations.NullMarked;
