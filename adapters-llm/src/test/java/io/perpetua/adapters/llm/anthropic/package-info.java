@NullMarked
package io.perpetua.adapters.llm.anthropic;

import org.jspecify.annotations.NullMarked;
