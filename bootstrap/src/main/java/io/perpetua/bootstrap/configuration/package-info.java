/** The keys of the configuration: what each is, what is set, and what is wrong with it. */
@NullMarked
package io.perpetua.bootstrap.configuration;

import org.jspecify.annotations.NullMarked;
