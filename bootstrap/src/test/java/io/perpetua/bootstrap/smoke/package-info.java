/** The smoke evaluation. */
@NullMarked
package io.perpetua.bootstrap.smoke;

import org.jspecify.annotations.NullMarked;
