/** Use cases on conversations, and the store that keeps them. */
@NullMarked
package io.perpetua.application.conversation;

import org.jspecify.annotations.NullMarked;
