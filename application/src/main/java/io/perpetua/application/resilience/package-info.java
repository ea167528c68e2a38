/** What is done when a provider does not answer. */
@NullMarked
package io.perpetua.application.resilience;

import org.jspecify.annotations.NullMarked;
