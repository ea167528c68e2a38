/** What became of each turn, and what a week of them comes to. */
@NullMarked
package io.perpetua.adapters.http.journal;

import org.jspecify.annotations.NullMarked;
