/** Chat providers that speak OpenAI's protocol over HTTP. */
@NullMarked
package io.perpetua.adapters.llm.openai;

import org.jspecify.annotations.NullMarked;
