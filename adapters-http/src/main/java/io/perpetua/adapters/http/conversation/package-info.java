/** Conversations to browse, take away and erase. */
@NullMarked
package io.perpetua.adapters.http.conversation;

import org.jspecify.annotations.NullMarked;
