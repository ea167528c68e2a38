/** The HTTP surface over a real socket, with real use cases on fakes. */
@NullMarked
package io.perpetua.adapters.http;

import org.jspecify.annotations.NullMarked;
