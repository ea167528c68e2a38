/** Contracts of the stores of keys, limits and budgets. */
@NullMarked
package io.perpetua.application.access;

import org.jspecify.annotations.NullMarked;
