@NullMarked
package io.perpetua.adapters.llm.gemini;

import org.jspecify.annotations.NullMarked;
