/** One turn from request to answer. */
@NullMarked
package io.perpetua.application.chat;

import org.jspecify.annotations.NullMarked;
