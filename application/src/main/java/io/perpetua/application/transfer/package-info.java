/** Moving all that a store keeps to another store. */
@NullMarked
package io.perpetua.application.transfer;

import org.jspecify.annotations.NullMarked;
