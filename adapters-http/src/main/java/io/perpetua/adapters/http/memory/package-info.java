/** Turns stored and recalled without a provider call; anchors; embeddings. */
@NullMarked
package io.perpetua.adapters.http.memory;

import org.jspecify.annotations.NullMarked;
