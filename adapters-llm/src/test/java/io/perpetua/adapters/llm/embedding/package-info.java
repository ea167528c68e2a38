@NullMarked
package io.perpetua.adapters.llm.embedding;

import org.jspecify.annotations.NullMarked;
