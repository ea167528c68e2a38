/** JSON requests read by hand, so that a mistake is named by its place and what is not ours stays as it was sent. */
@NullMarked
package io.perpetua.adapters.http.json;

import org.jspecify.annotations.NullMarked;
