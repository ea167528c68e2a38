/** Conversations as paths in a tree of turns: who owns them, what a turn is, how histories are recognised. */
@NullMarked
package io.perpetua.domain.conversation;

import org.jspecify.annotations.NullMarked;
