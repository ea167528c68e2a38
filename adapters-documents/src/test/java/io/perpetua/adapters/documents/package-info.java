/** Tests of reading documents. */
@NullMarked
package io.perpetua.adapters.documents;

import org.jspecify.annotations.NullMarked;
