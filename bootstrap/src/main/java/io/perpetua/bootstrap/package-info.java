/** The only place that knows every module: builds the use cases, reads the configuration and starts the server. */
@NullMarked
package io.perpetua.bootstrap;

import org.jspecify.annotations.NullMarked;
