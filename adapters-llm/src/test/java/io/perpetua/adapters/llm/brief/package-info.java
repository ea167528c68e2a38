@NullMarked
package io.perpetua.adapters.llm.brief;

import org.jspecify.annotations.NullMarked;
