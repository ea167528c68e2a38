/** OpenAI's wire format: messages, answers, chunks and usage as JSON. */
@NullMarked
package io.perpetua.adapters.llm.wire;

import org.jspecify.annotations.NullMarked;
