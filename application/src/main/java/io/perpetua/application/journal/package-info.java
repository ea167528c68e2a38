/** What became of each turn: kept, browsed, and added up by the week. */
@NullMarked
package io.perpetua.application.journal;

import org.jspecify.annotations.NullMarked;
