/** The analysis of texts that all indexes share. */
@NullMarked
package io.perpetua.adapters.vectordb.words;

import org.jspecify.annotations.NullMarked;
