@NullMarked
package io.perpetua.adapters.llm.tokens;

import org.jspecify.annotations.NullMarked;
