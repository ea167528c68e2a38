/** Documents from elsewhere: over HTTP, from addresses that may be asked. */
@NullMarked
package io.perpetua.adapters.documents.fetch;

import org.jspecify.annotations.NullMarked;
