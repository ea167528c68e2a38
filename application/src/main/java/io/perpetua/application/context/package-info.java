/** Assembling the messages a model is sent. */
@NullMarked
package io.perpetua.application.context;

import org.jspecify.annotations.NullMarked;
