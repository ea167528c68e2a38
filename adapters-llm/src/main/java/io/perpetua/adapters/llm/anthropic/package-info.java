/** Anthropic's Messages API, brought to OpenAI's chat completions and back. */
@NullMarked
package io.perpetua.adapters.llm.anthropic;

import org.jspecify.annotations.NullMarked;
