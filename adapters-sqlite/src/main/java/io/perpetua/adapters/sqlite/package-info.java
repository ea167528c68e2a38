/** Driven adapter: keeps the record, embedded, in one SQLite file. */
@NullMarked
package io.perpetua.adapters.sqlite;

import org.jspecify.annotations.NullMarked;
