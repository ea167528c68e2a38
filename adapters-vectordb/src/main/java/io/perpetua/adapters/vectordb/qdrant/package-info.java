/** The index of turns in Qdrant, shared between instances. */
@NullMarked
package io.perpetua.adapters.vectordb.qdrant;

import org.jspecify.annotations.NullMarked;
