/** Several servers over one store: what becomes of turns when clients hop between them, and when parts fail. */
@NullMarked
package io.perpetua.benchmarks.instances;

import org.jspecify.annotations.NullMarked;
