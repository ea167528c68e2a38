/** The embedded index against its port's contract, and what only this index does. */
@NullMarked
package io.perpetua.adapters.vectordb.memory;

import org.jspecify.annotations.NullMarked;
