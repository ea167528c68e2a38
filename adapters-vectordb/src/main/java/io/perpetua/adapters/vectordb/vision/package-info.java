/** The index of documents' regions, embedded: Lucene for words, an exact scan of int8 vectors for meaning. */
@NullMarked
package io.perpetua.adapters.vectordb.vision;

import org.jspecify.annotations.NullMarked;
