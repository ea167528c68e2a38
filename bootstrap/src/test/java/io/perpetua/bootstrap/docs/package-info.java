/** What the documentation shows, run. */
@NullMarked
package io.perpetua.bootstrap.docs;

import org.jspecify.annotations.NullMarked;
