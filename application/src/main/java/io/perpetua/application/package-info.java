/** What every use case may meet: a world that does not answer. */
@NullMarked
package io.perpetua.application;

import org.jspecify.annotations.NullMarked;
