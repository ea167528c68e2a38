/** Google's Gemini API, brought to OpenAI's chat completions and back. */
@NullMarked
package io.perpetua.adapters.llm.gemini;

import org.jspecify.annotations.NullMarked;
