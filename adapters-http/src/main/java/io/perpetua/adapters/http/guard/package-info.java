/** What stands between the network and the controllers: connections, bytes, deadlines, and what every answer carries. */
@NullMarked
package io.perpetua.adapters.http.guard;

import org.jspecify.annotations.NullMarked;
