/** Documents as regions: read page by page from PDF, pictures, HTML and Markdown. */
@NullMarked
package io.perpetua.adapters.documents;

import org.jspecify.annotations.NullMarked;
