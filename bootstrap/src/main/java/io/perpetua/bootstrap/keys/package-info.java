/** The command that makes, lists and revokes API keys. */
@NullMarked
package io.perpetua.bootstrap.keys;

import org.jspecify.annotations.NullMarked;
