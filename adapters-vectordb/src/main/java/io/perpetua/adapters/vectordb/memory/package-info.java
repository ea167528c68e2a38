/** The index of turns, embedded: Lucene for words, an exact scan of int8 vectors for meaning. */
@NullMarked
package io.perpetua.adapters.vectordb.memory;

import org.jspecify.annotations.NullMarked;
