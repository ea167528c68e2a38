/** HTML and Markdown: regions from the structure, on a page that is made for them. */
@NullMarked
package io.perpetua.adapters.documents.markup;

import org.jspecify.annotations.NullMarked;
