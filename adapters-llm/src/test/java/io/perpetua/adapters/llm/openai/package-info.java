@NullMarked
package io.perpetua.adapters.llm.openai;

import org.jspecify.annotations.NullMarked;
