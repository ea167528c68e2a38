/** Whether the server lives, serves, and has what it needs; and the API's own description. */
@NullMarked
package io.perpetua.adapters.http.health;

import org.jspecify.annotations.NullMarked;
