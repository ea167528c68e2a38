/** The index in Qdrant against its port's contract, spoken over a socket. */
@NullMarked
package io.perpetua.adapters.vectordb.qdrant;

import org.jspecify.annotations.NullMarked;
