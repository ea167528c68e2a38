/** Facts: triples with their sources, when they held, and which of them is which. */
@NullMarked
package io.perpetua.domain.facts;

import org.jspecify.annotations.NullMarked;
