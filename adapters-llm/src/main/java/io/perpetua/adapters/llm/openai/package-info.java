/** OpenAI's protocol, and what its many speakers do otherwise. */
@NullMarked
package io.perpetua.adapters.llm.openai;

import org.jspecify.annotations.NullMarked;
