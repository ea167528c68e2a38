/** What became of each turn, one row a turn, and what a week of them comes to. */
@NullMarked
package io.perpetua.domain.journal;

import org.jspecify.annotations.NullMarked;
