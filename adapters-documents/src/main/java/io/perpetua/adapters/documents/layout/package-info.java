/** What stands where on a page, and the regions that this makes. */
@NullMarked
package io.perpetua.adapters.documents.layout;

import org.jspecify.annotations.NullMarked;
