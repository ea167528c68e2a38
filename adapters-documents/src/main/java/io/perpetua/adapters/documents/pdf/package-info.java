/** PDF: what a page says and draws, with everything bounded that a document could make large. */
@NullMarked
package io.perpetua.adapters.documents.pdf;

import org.jspecify.annotations.NullMarked;
