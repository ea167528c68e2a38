/** What calls cost. */
@NullMarked
package io.perpetua.application.usage;

import org.jspecify.annotations.NullMarked;
