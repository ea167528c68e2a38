/** The messages that a model is sent, and an account of them. */
@NullMarked
package io.perpetua.domain.context;

import org.jspecify.annotations.NullMarked;
