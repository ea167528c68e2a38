@NullMarked
package io.perpetua.adapters.llm.wire;

import org.jspecify.annotations.NullMarked;
