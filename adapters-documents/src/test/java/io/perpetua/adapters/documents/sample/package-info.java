/** A document of which everything is known: what it says, where, and what could be asked about it. */
@NullMarked
package io.perpetua.adapters.documents.sample;

import org.jspecify.annotations.NullMarked;
