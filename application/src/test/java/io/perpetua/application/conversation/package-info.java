/** What every store of conversations owes its callers, and a fake that keeps it. */
@NullMarked
package io.perpetua.application.conversation;

import org.jspecify.annotations.NullMarked;
