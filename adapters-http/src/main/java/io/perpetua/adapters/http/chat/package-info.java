/** Chat completions and the contexts they would send. */
@NullMarked
package io.perpetua.adapters.http.chat;

import org.jspecify.annotations.NullMarked;
