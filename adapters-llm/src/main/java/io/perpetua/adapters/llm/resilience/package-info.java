/** Which providers are left alone for a while, and how what failed is tried again. */
@NullMarked
package io.perpetua.adapters.llm.resilience;

import org.jspecify.annotations.NullMarked;
