/** What one instance at a time does. */
@NullMarked
package io.perpetua.application.lease;

import org.jspecify.annotations.NullMarked;
