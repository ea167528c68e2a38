@NullMarked
package io.perpetua.adapters.llm.resilience;

import org.jspecify.annotations.NullMarked;
