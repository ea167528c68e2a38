/** Pictures: decoded within bounds. */
@NullMarked
package io.perpetua.adapters.documents.image;

import org.jspecify.annotations.NullMarked;
