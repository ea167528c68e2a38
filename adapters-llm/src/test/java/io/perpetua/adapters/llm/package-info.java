@NullMarked
package io.perpetua.adapters.llm;

import org.jspecify.annotations.NullMarked;
