/** How texts become the words that turns are found by, whatever index holds them. */
@NullMarked
package io.perpetua.adapters.vectordb.words;

import org.jspecify.annotations.NullMarked;
